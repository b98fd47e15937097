package dev.turnpike.architecture.offenders.protocol.mcp.legacy;

/** One era. */
public record Old() {}
