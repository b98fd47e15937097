package dev.turnpike.assembly;

import dev.turnpike.observe.Serving;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What health is told: whether Turnpike is up, has a configuration, and means to stay. */
@ApplicationScoped
class Liveness implements Serving {
  private final Turnpike turnpike;
  private volatile boolean started;
  private volatile boolean ending;

  Liveness(Turnpike turnpike) {
    this.turnpike = turnpike;
  }

  void started(@Observes StartupEvent event) {
    started = true;
  }

  void ending(@Observes ShutdownDelayInitiatedEvent event) {
    ending = true;
  }

  void ended(@Observes ShutdownEvent event) {
    ending = true;
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public boolean configured() {
    return turnpike.gateway().isPresent();
  }

  @Override
  public List<String> waiting() {
    return turnpike.waiting();
  }

  @Override
  public boolean unheard() {
    return turnpike.unheard();
  }

  @Override
  public boolean ending() {
    return ending;
  }
}
