package dev.turnpike.architecture.offenders.protocol.mcp.modern;

import dev.turnpike.architecture.offenders.protocol.mcp.legacy.Old;

/** The other era, leaning on the first. */
record New(Old old) {}
