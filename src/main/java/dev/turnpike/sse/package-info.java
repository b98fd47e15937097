@NullMarked
package dev.turnpike.sse;

import org.jspecify.annotations.NullMarked;
