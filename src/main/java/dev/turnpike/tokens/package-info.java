/**
 * How many tokens of a model's context something comes to.
 *
 * <p>Comes in: pieces of text as a protocol found them, and what a peer reports itself. Goes out:
 * figures, each with its basis; at once as an estimate, and a moment later, where there is time, as
 * a count. Never does: read a protocol, decide on a call, keep a text longer than it is counted.
 */
@NullMarked
package dev.turnpike.tokens;

import org.jspecify.annotations.NullMarked;
