/**
 * MCP with {@code initialize} and sessions: 2025-03-26, 2025-06-18 and 2025-11-25.
 *
 * <p>Comes in: a body that names no revision in its {@code _meta}, a GET, a DELETE. Goes out: the
 * same message to an upstream of the same era, under the upstream's own session; answers, and
 * requests of the upstream, on streams whose events can be replayed. Never does: tell a caller the
 * upstream's session id, let two callers share a session, take a lost connection for a
 * cancellation.
 */
@NullMarked
package dev.turnpike.protocol.mcp.legacy;

import org.jspecify.annotations.NullMarked;
