/**
 * Between the eras: legacy callers at modern upstreams.
 *
 * <p>Comes in: a request of a legacy session whose upstream speaks 2026-07-28. Goes out: modern
 * requests, each of which says what the session knows, and legacy answers made of theirs; inputs
 * that the upstream asks for between two requests become requests to the caller. Never: passes a
 * frame of one era on to the other, or keeps anything of a session outside of it.
 */
@NullMarked
package dev.turnpike.protocol.mcp.bridge.tomodern;

import org.jspecify.annotations.NullMarked;
