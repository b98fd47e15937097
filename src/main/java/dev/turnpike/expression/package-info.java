@NullMarked
package dev.turnpike.expression;

import org.jspecify.annotations.NullMarked;
