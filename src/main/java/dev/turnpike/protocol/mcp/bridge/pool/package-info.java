/**
 * Sessions at legacy upstreams that Turnpike keeps for callers who have none there.
 *
 * <p>Comes in: an upstream, a caller and what the caller can do. Goes out: an open session, and
 * what it says outside of calls. Never does: share a session between callers.
 */
@NullMarked
package dev.turnpike.protocol.mcp.bridge.pool;

import org.jspecify.annotations.NullMarked;
