package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.session.Sessions;

/** What the adapters towards modern upstreams share. */
public record ModernSide(Natures natures, Tools tools, OutputSchemas schemas, Sessions sessions) {}
