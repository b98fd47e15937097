@NullMarked
package dev.turnpike.upstream;

import org.jspecify.annotations.NullMarked;
