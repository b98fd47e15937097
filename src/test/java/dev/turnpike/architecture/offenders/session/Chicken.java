package dev.turnpike.architecture.offenders.session;

import dev.turnpike.architecture.offenders.upstream.Egg;

/** One half of a cycle. */
public record Chicken(Egg egg) {}
