/**
 * The connection to one upstream: pool, timeouts, circuit breaker, bulkhead, and the framing of its
 * answers.
 *
 * <p>Comes in: an {@link dev.turnpike.upstream.Outgoing}. Goes out: the head of the answer, then
 * whole JSON messages, whether they came as one body, as newline-delimited JSON or as server-sent
 * events. Never does: look inside a message, know a protocol, pass a caller's credentials on.
 */
@NullMarked
package dev.turnpike.upstream;

import org.jspecify.annotations.NullMarked;
