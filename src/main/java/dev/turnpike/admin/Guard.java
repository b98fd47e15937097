package dev.turnpike.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Decides who may ask at all, before a path or a query is looked at. */
public sealed interface Guard permits LoopbackOnly, BearerToken {
  /** Why the request is turned away; empty if it may come in. */
  Optional<Rebuff> check(HttpServerRequest request);

  /**
   * A request turned away.
   *
   * @param status 401 or 403
   * @param why what was wrong with it, and what would help
   */
  record Rebuff(int status, String why) {}
}
