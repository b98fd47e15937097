/** The packaged jar, as an operator runs it: in a process of its own. */
@NullMarked
package dev.turnpike.jar;

import org.jspecify.annotations.NullMarked;
