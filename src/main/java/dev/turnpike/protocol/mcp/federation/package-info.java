/**
 * Several upstreams behind one endpoint, as if they were one.
 *
 * <p>Comes in: a request to an endpoint with several upstreams. Goes out: an answer made of what
 * all of them offer, or the request as the one upstream that owns its target takes it. Never does:
 * ask more than one upstream on behalf of a call, take a name apart to find its owner.
 */
@NullMarked
package dev.turnpike.protocol.mcp.federation;

import org.jspecify.annotations.NullMarked;
