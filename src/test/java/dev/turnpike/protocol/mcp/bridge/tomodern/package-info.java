/** Tests of what legacy callers get before modern upstreams. */
@NullMarked
package dev.turnpike.protocol.mcp.bridge.tomodern;

import org.jspecify.annotations.NullMarked;
