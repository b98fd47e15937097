/**
 * The step that takes a request off the socket, and the way back.
 *
 * <p>Comes in: HTTP/1.1 and HTTP/2 from Vert.x. Goes out: an {@link dev.turnpike.exchange.Inbound}
 * whose body is whole and within its limit, from a Host and an Origin that are served here. Never
 * does: read a body's meaning, wait for a slow caller at another's cost.
 */
@NullMarked
package dev.turnpike.accept;

import org.jspecify.annotations.NullMarked;
