/**
 * The step that says who is calling.
 *
 * <p>Comes in: the head of a request. Goes out: a {@link dev.turnpike.exchange.Caller}, or a
 * refusal with what would help. Never does: believe a header that nobody verified, take a token
 * that is not good for none, keep a token, ask an issuer by itself: {@link
 * dev.turnpike.identify.Tokens} does that.
 */
@NullMarked
package dev.turnpike.identify;

import org.jspecify.annotations.NullMarked;
