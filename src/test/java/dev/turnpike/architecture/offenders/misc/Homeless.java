package dev.turnpike.architecture.offenders.misc;

/** Lives in a package that nobody has given a place. */
record Homeless() {}
