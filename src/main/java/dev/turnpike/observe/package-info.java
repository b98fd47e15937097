@NullMarked
package dev.turnpike.observe;

import org.jspecify.annotations.NullMarked;
