package dev.turnpike.assembly;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/**
 * The end of the process: not ready at once, then {@code quarkus.shutdown.delay} of serving, then
 * the drain; calls under way have {@code quarkus.shutdown.timeout}. Whoever asks a second time does
 * not want to wait.
 */
@ApplicationScoped
class Drain {
  private static final Logger LOG = Logger.getLogger("turnpike");
  private static final int ENDED_BY_TERM = 143;

  private final Vertx vertx;
  private final Turnpike turnpike;
  private final LaunchMode mode;
  private final Duration delay;
  private final Duration timeout;

  Drain(
      Vertx vertx,
      Turnpike turnpike,
      LaunchMode mode,
      @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0S") Duration delay,
      @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "30S") Duration timeout) {
    this.vertx = vertx;
    this.turnpike = turnpike;
    this.mode = mode;
    this.delay = delay;
    this.timeout = timeout;
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    LOG.infof(
        "ending: not ready, serving for %d ms more, then calls have %d ms",
        delay.toMillis(), timeout.toMillis());
    if (mode == LaunchMode.NORMAL) {
      Signal.handle(
          new Signal("TERM"),
          _ -> {
            turnpike.lastLines();
            // nobody is left to end them kindly
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(ENDED_BY_TERM);
          });
    }
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> drain());
  }

  private void drain() {
    // the last ones to come back still have half of the time for calls of their own
    turnpike.gateway().ifPresent(gateway -> gateway.drain(timeout.dividedBy(2)));
  }
}
