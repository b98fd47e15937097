package dev.turnpike.assembly;

import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.observe.Spans;
import dev.turnpike.protocol.mcp.Calls;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Spans, where somebody wants them: each costs an exchange some microseconds. */
@ApplicationScoped
class Traces {
  private final boolean wanted;
  private final Instance<Tracer> tracer;

  Traces(
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true") boolean disabled,
      Instance<Tracer> tracer) {
    this.wanted = !disabled;
    this.tracer = tracer;
  }

  /** The listener that makes spans; none where nobody asked for them. */
  List<ExchangeListener> listeners() {
    return wanted
        ? List.of(new Spans(tracer.get(), Calls::known, InstantSource.system()))
        : List.of();
  }
}
