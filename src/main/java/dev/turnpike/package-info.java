/**
 * The road: {@link dev.turnpike.DataPath} holds its order, and is to be read first.
 *
 * <p>accept, identify, route, authorize, budget, relay, account: each of these packages is a step,
 * and may use only steps before it. Packages named with a noun are what steps use. {@code assembly}
 * puts everything together; {@code observe}, {@code admin}, {@code cli} and {@code demo} stand
 * beside the road. Comes in: one request. Goes out: one outcome. Never does: anything that a step
 * could do.
 */
@NullMarked
package dev.turnpike;

import org.jspecify.annotations.NullMarked;
