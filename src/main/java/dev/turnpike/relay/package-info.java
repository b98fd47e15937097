@NullMarked
package dev.turnpike.relay;

import org.jspecify.annotations.NullMarked;
