/**
 * The step that says who is calling.
 *
 * <p>Comes in: the head of a request. Goes out: a {@link dev.turnpike.exchange.Caller}, or a
 * refusal where the endpoint lets no one in without identity. Never does: believe a header that
 * nobody verified.
 */
@NullMarked
package dev.turnpike.identify;

import org.jspecify.annotations.NullMarked;
