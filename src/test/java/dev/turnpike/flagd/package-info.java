@NullMarked
package dev.turnpike.flagd;

import org.jspecify.annotations.NullMarked;
