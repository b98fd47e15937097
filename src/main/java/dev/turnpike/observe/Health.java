package dev.turnpike.observe;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The three checks of the management port. They tell of no address, no file and no failure text.
 */
@Singleton
public class Health {
  /** Alive: it can answer. Nothing that a restart would not mend belongs here. */
  @Produces
  @Singleton
  @Liveness
  HealthCheck alive() {
    return () -> HealthCheckResponse.up("process");
  }

  /** Ready: there is something to serve, and no end in sight. */
  @Produces
  @Singleton
  @Readiness
  HealthCheck ready(Serving serving) {
    return () ->
        HealthCheckResponse.named("configuration")
            .withData("in force", serving.configured())
            .withData("ending", serving.ending())
            .status(serving.started() && serving.configured() && !serving.ending())
            .build();
  }

  /** Ready: tokens can be verified, where an endpoint needs that. */
  @Produces
  @Singleton
  @Readiness
  HealthCheck tokens(Serving serving) {
    return () -> {
      List<String> waiting = serving.waiting();
      HealthCheckResponseBuilder told = HealthCheckResponse.named("tokens");
      if (!waiting.isEmpty()) {
        told.withData("endpoints that wait for the issuer", String.join(", ", waiting));
      }
      return told.status(waiting.isEmpty()).build();
    };
  }

  /** Ready: what happens can be written down, where it has to be. */
  @Produces
  @Singleton
  @Readiness
  HealthCheck trail(Serving serving) {
    return () -> HealthCheckResponse.named("audit trail").status(!serving.unheard()).build();
  }

  /** Started: all that is done once is done. */
  @Produces
  @Singleton
  @Startup
  HealthCheck started(Serving serving) {
    return () -> HealthCheckResponse.named("start").status(serving.started()).build();
  }
}
