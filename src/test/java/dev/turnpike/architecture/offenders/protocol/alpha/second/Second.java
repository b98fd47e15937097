package dev.turnpike.architecture.offenders.protocol.alpha.second;

/** An alpha by itself. */
public record Second() {}
