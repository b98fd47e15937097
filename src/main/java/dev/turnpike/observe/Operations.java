package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Times operations of MCP as its semantic conventions do: what callers asked for, and what was
 * asked of upstreams for it. Every label has a bounded set of values; what is no request of the
 * protocol, or was never read, is not timed here.
 */
public final class Operations implements ExchangeListener {
  /** One of them, with a label that only the one kind has. */
  private record Key(
      String name, String method, String operation, String label, String value, String error) {}

  private static final String UPSTREAM = "upstream";

  private final MeterRegistry registry;
  private final Predicate<Call> known;
  private final Ticker ticker;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  /**
   * @param known whether a call's method and revision are of MCP, and not a caller's own words
   */
  public Operations(MeterRegistry registry, Predicate<Call> known, Ticker ticker) {
    this.registry = registry;
    this.known = known;
    this.ticker = ticker;
  }

  @Override
  public Watch begun(Inbound inbound) {
    return new Timed(ticker.nanos());
  }

  private Timer timer(Key key) {
    return Timer.builder(key.name())
        .description("Time that operations of MCP take")
        .serviceLevelObjectives(Conventions.durationBuckets())
        .tag(Conventions.METHOD, key.method())
        .tag(Conventions.OPERATION, key.operation())
        .tag(key.label(), key.value())
        .tag(Conventions.ERROR, key.error())
        .register(registry);
  }

  private final class Timed implements Watch {
    private final long beganNanos;
    private long sentNanos;
    private long overNanos;
    private boolean over;
    private boolean sent;
    private boolean answered;
    private String upstream = "";
    private @Nullable Call call;

    Timed(long beganNanos) {
      this.beganNanos = beganNanos;
    }

    @Override
    public void read(Call found) {
      call = known.test(found) ? found : null;
    }

    @Override
    public void routed(String found) {
      upstream = found;
    }

    @Override
    public void reserved(List<String> observed, Usage estimate) {
      sent = true;
      sentNanos = ticker.nanos();
    }

    @Override
    public void answered() {
      answered = true;
    }

    @Override
    public void delivered() {
      over = true;
      overNanos = ticker.nanos();
    }

    @Override
    public void ended(Outcome outcome) {
      if (call == null) {
        return;
      }
      long end = over ? overNanos : ticker.nanos();
      String method = call.method();
      String operation = Conventions.operation(call);
      String error = Conventions.error(outcome);
      record(
          new Key(
              Conventions.SERVER_DURATION,
              method,
              operation,
              Conventions.VERSION,
              call.revision(),
              error),
          end - beganNanos);
      if (sent && (answered || failed(outcome))) {
        record(
            new Key(Conventions.CLIENT_DURATION, method, operation, UPSTREAM, upstream, error),
            end - sentNanos);
      }
    }

    private void record(Key key, long nanos) {
      timers.computeIfAbsent(key, Operations.this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    // asked, and there was no answer
    private static boolean failed(Outcome outcome) {
      return outcome instanceof Outcome.TurnedAway(Refusal reason, _)
          && (reason instanceof Refusal.UpstreamUnavailable
              || reason instanceof Refusal.UpstreamTimedOut);
    }
  }
}
