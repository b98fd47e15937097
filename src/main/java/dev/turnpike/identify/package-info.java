@NullMarked
package dev.turnpike.identify;

import org.jspecify.annotations.NullMarked;
