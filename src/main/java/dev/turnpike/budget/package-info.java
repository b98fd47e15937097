@NullMarked
package dev.turnpike.budget;

import org.jspecify.annotations.NullMarked;
