@NullMarked
package dev.turnpike.session;

import org.jspecify.annotations.NullMarked;
