package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.session.Sessions;
import java.time.Duration;

/**
 * What the adapters towards modern upstreams share.
 *
 * @param inputTime how long a caller may take to answer
 */
record ModernSide(
    Natures natures, Tools tools, OutputSchemas schemas, Sessions sessions, Duration inputTime) {}
