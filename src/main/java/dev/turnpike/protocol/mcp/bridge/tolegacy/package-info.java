/**
 * Between the eras: modern callers at legacy upstreams.
 *
 * <p>Comes in: a request of 2026-07-28 whose upstream has sessions. Goes out: the request in a
 * session of that caller's own, and a modern answer made of the upstream's; what the upstream asks
 * meanwhile ends the exchange as an input that is required, and the call goes on when the caller
 * comes back with it. Never: shares a session between callers, or lets anybody else come back.
 */
@NullMarked
package dev.turnpike.protocol.mcp.bridge.tolegacy;

import org.jspecify.annotations.NullMarked;
