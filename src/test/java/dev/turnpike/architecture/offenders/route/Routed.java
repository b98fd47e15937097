package dev.turnpike.architecture.offenders.route;

/** A proof as it should be. */
public final class Routed {
  Routed() {}
}
