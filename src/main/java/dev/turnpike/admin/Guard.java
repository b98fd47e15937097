package dev.turnpike.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Decides who may ask at all, before a path or a query is looked at. */
public sealed interface Guard permits LoopbackOnly, BearerToken, Roles {
  /** What somebody wants. */
  enum Act {
    READ,
    CHANGE
  }

  /** On the event loop of the request, and completes there; never fails. */
  Future<Entry> check(HttpServerRequest request, Act act);

  /** Whether the request may come in. */
  sealed interface Entry {
    /**
     * It may.
     *
     * @param who asks, for the audit trail
     */
    record Admitted(String who) implements Entry {}

    /**
     * It may not.
     *
     * @param status 401, 403 or 503
     * @param why what was wrong with it, and what would help
     * @param challenge for {@code WWW-Authenticate}, with status 401
     */
    record Rebuff(int status, String why, String challenge) implements Entry {}
  }
}
