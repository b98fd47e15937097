@NullMarked
package dev.turnpike.flags;

import org.jspecify.annotations.NullMarked;
