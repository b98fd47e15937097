@NullMarked
package dev.turnpike.assembly;

import org.jspecify.annotations.NullMarked;
