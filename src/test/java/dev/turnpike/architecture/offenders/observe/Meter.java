package dev.turnpike.architecture.offenders.observe;

/** Belongs to the rim. */
public record Meter() {}
