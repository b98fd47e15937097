@NullMarked
package dev.turnpike.authorize;

import org.jspecify.annotations.NullMarked;
