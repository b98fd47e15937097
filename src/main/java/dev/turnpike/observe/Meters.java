package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts exchanges by how they ended, and times them and their steps. Every label has a bounded set
 * of values.
 */
public final class Meters implements ExchangeListener {
  private record Ending(String endpoint, String method, String outcome, String refusal) {}

  // which words there are is bounded by the file and by the kinds of tokens
  private record Sized(String endpoint, String type, String operation, Count.Basis basis) {}

  private record Whole(String endpoint, String outcome) {}

  private final MeterRegistry registry;
  private final Labels labels;
  private final Ticker ticker;
  private final Map<Ending, Counter> endings = new ConcurrentHashMap<>();
  private final Map<Whole, Timer> wholes = new ConcurrentHashMap<>();
  private final Map<Sized, DistributionSummary> sizes = new ConcurrentHashMap<>();
  private final Map<Step, Laps> steps = new EnumMap<>(Step.class);
  private final DistributionSummary errors;
  private final LongAdder open = new LongAdder();

  public Meters(MeterRegistry registry, Labels labels, Ticker ticker) {
    this.registry = registry;
    this.labels = labels;
    this.ticker = ticker;
    for (Step step : Step.values()) {
      Laps laps = new Laps();
      steps.put(step, laps);
      FunctionTimer.builder(
              "turnpike.step", laps, Laps::count, Laps::totalNanos, TimeUnit.NANOSECONDS)
          .description("Time that each step of the road takes")
          .tag("step", step.label())
          .register(registry);
    }
    this.errors =
        DistributionSummary.builder("turnpike.estimate.ratio")
            .description("Tokens of a result that were expected, by those that came")
            .serviceLevelObjectives(0.1, 0.25, 0.5, 0.8, 1, 1.25, 2, 4, 10)
            .register(registry);
    Gauge.builder("turnpike.exchanges.open", open, LongAdder::sum)
        .description("Exchanges that have begun and not ended")
        .register(registry);
  }

  @Override
  public Watch begun(Inbound inbound) {
    open.increment();
    return new Clocked(ticker.nanos());
  }

  private Counter ending(Ending key) {
    return Counter.builder("turnpike.exchanges")
        .description("Exchanges by how they ended")
        .tag("endpoint", key.endpoint())
        .tag("method", key.method())
        .tag("outcome", key.outcome())
        .tag("refusal", key.refusal())
        .register(registry);
  }

  // what an administrator has named, and so bounded by the file
  private void observed(String kind, String name) {
    registry.counter("turnpike.observed", "kind", kind, "name", name).increment();
  }

  // without a unit: {token} is an annotation, which is no part of a name to Prometheus
  private DistributionSummary size(Sized key) {
    return DistributionSummary.builder(Conventions.TOKEN_USAGE)
        .description("Tokens of a call, by what they are and where the figure comes from")
        .serviceLevelObjectives(Conventions.tokenBuckets())
        .tag("endpoint", key.endpoint())
        .tag(Conventions.TOKEN_TYPE, key.type())
        .tag(Conventions.OPERATION, key.operation())
        .tag("basis", key.basis().name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private void sized(String endpoint, String type, String operation, Count count) {
    if (count.tokens() > 0) {
      sizes
          .computeIfAbsent(new Sized(endpoint, type, operation, count.basis()), this::size)
          .record(count.tokens());
    }
  }

  private Timer whole(Whole key) {
    return Timer.builder("turnpike.exchange")
        .description("Time from the request to the end of its answer")
        .tag("endpoint", key.endpoint())
        .tag("outcome", key.outcome())
        .register(registry);
  }

  /**
   * Count and sum alone: seven of these are told of every call, and a timer costs ten times that.
   */
  private static final class Laps {
    private final LongAdder laps = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
      laps.increment();
      nanos.add(took);
    }

    long count() {
      return laps.sum();
    }

    double totalNanos() {
      return nanos.sum();
    }
  }

  private final class Clocked implements Watch {
    private final long beganNanos;
    private long markNanos;
    private boolean answered;
    private boolean delivered;
    private @Nullable Call call;
    private Usage estimate = Usage.NONE;

    Clocked(long beganNanos) {
      this.beganNanos = beganNanos;
      this.markNanos = beganNanos;
    }

    @Override
    public void identified(Caller caller) {
      lap(Step.IDENTIFY);
    }

    @Override
    public void read(Call found) {
      call = found;
      lap(Step.READ);
    }

    @Override
    public void routed(String upstream) {
      lap(Step.ROUTE);
    }

    @Override
    public void permitted(Grounds grounds) {
      lap(Step.AUTHORIZE);
      grounds.observed().forEach(name -> observed("rule", name));
    }

    @Override
    public void reserved(List<String> observed, Usage probably) {
      lap(Step.BUDGET);
      estimate = probably;
      observed.forEach(name -> observed("budget", name));
    }

    @Override
    public void answered() {
      answered = true;
      lap(Step.UPSTREAM);
    }

    @Override
    public void delivered() {
      delivered = true;
      over();
    }

    private void over() {
      if (answered) {
        lap(Step.ANSWER);
      } else {
        markNanos = ticker.nanos();
      }
    }

    @Override
    public void ended(Outcome outcome) {
      open.decrement();
      if (!delivered) {
        over();
      }
      String endpoint = labels.endpointOf(call);
      String ending = OutcomeLabel.of(outcome);
      endings
          .computeIfAbsent(
              new Ending(endpoint, labels.methodOf(call), ending, OutcomeLabel.refusalOf(outcome)),
              Meters.this::ending)
          .increment();
      if (outcome instanceof Outcome.Served(var usage)) {
        String operation = call == null ? Conventions.ABSENT : Conventions.operation(call);
        sized(endpoint, Conventions.INPUT, operation, usage.input());
        sized(endpoint, Conventions.OUTPUT, operation, usage.output());
        sized(endpoint, "definition", operation, usage.definitions());
        if (usage.output().tokens() > 0 && usage.output().basis() != Count.Basis.ESTIMATED) {
          estimatedOff(usage.output().tokens());
        }
      }
      wholes
          .computeIfAbsent(new Whole(endpoint, ending), Meters.this::whole)
          .record(markNanos - beganNanos, TimeUnit.NANOSECONDS);
    }

    private void estimatedOff(long output) {
      errors.record(estimate.output().tokens() / (double) output);
    }

    private void lap(Step step) {
      long nanos = ticker.nanos();
      Laps laps = steps.get(step);
      if (laps != null) {
        laps.add(nanos - markNanos);
      }
      markNanos = nanos;
    }
  }
}
