package dev.turnpike.bare;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A Quarkus application with Turnpike's extensions that does nothing: the floor of a start. */
@ApplicationScoped
class Bare {
  void serve(@Observes Router router) {
    router.route().handler(rc -> rc.response().end("here"));
  }
}
