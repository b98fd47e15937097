@NullMarked
package dev.turnpike.accept;

import org.jspecify.annotations.NullMarked;
