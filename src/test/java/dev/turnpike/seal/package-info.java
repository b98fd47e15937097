/** Tests of sealing. */
@NullMarked
package dev.turnpike.seal;

import org.jspecify.annotations.NullMarked;
