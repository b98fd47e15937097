/**
 * MCP 2026-07-28: no handshake, no session; every request says all that is needed.
 *
 * <p>Comes in: a body that names the revision in its {@code _meta}. Goes out: the same body to an
 * upstream of the same era, and its answer with what the revision wants on every result. Never
 * does: remember a request, mint a session, open a stream that a request did not ask for.
 */
@NullMarked
package dev.turnpike.protocol.mcp.modern;

import org.jspecify.annotations.NullMarked;
