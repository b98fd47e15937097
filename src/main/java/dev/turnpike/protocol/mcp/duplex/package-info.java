/**
 * Servers that are spoken to over one connection for everything, told to the rest of the road as if
 * they were spoken to over Streamable HTTP: every request has an answer of its own again.
 *
 * <p>Comes in: requests, and a {@link dev.turnpike.upstream.Channel} to write them to. Goes out: to
 * each request the messages that belong to it, to each session a stream of what belongs to none.
 * Never does: touch a socket or a process, decide what may be asked, change more of a message than
 * ids and progress tokens.
 */
@NullMarked
package dev.turnpike.protocol.mcp.duplex;

import org.jspecify.annotations.NullMarked;
