@NullMarked
package dev.turnpike.protocol;

import org.jspecify.annotations.NullMarked;
