/**
 * What a wire protocol is to the road, and which one has a request.
 *
 * <p>Comes in: a request that nobody has read yet. Goes out: a {@link
 * dev.turnpike.protocol.Dialogue}, which knows the words on both sides. Never does: decide whether
 * a call may pass. A protocol is a leaf: only the assembly names it, and nobody imports an alpha.
 */
@NullMarked
package dev.turnpike.protocol;

import org.jspecify.annotations.NullMarked;
