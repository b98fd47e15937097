/**
 * Rules: who may call which target, and with which arguments.
 *
 * <p>Comes in: rules as written; later, a routed call, or a target that stands in a list. Goes out:
 * {@link dev.turnpike.authorize.Permitted}, or a refusal that tells a caller nothing of targets it
 * cannot see. Never does: look at a wire format, ask anybody, count.
 */
@NullMarked
package dev.turnpike.authorize;

import org.jspecify.annotations.NullMarked;
