/**
 * The step that finds where a call goes.
 *
 * <p>Comes in: a dialogue. Goes out: {@link dev.turnpike.route.Routed}, the proof that there is an
 * upstream for it, which has been met. Never does: ask whether the caller may.
 */
@NullMarked
package dev.turnpike.route;

import org.jspecify.annotations.NullMarked;
