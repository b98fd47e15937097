@NullMarked
package dev.turnpike;

import org.jspecify.annotations.NullMarked;
