/**
 * Which features and protocol revisions are on, for whom, and why.
 *
 * <p>Comes in: the files of a folder, what administrators have switched, what is proven of a
 * caller. Goes out: yes or no with its reason, the same for the whole of a session or stream. Never
 * does: look at what a client says of itself, turn on what has expired or whose kill switch is off,
 * evaluate a targeting rule (an {@link dev.turnpike.flags.Engine} does).
 */
@NullMarked
package dev.turnpike.flags;

import org.jspecify.annotations.NullMarked;
