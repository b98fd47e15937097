/**
 * HTTP+SSE, the transport of 2024-11-05, for callers: a stream of events on which everything comes,
 * and requests whose answers are said there. Deprecated since 2025-03-26, and off unless it is
 * turned on.
 *
 * <p>Comes in: a GET without a session, which opens a stream; posts to the address that its first
 * event names. Goes out: the same requests in the terms of Streamable HTTP, and what is answered to
 * them on the stream. Never does: know who is calling, decide, speak a revision of its own.
 */
@NullMarked
package dev.turnpike.protocol.mcp.httpsse;

import org.jspecify.annotations.NullMarked;
