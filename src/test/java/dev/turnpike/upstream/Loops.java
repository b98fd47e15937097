package dev.turnpike.upstream;

import io.vertx.core.Vertx;

/** Gives tests of transports what an upstream gives them. */
public final class Loops {
  private Loops() {}

  /** The loop that this is called on. */
  public static Loop here(Vertx vertx) {
    return new Loop(vertx);
  }
}
