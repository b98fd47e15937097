package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final Meters meters =
      new Meters(
          registry,
          new Labels(Set.of("demo")::contains, Set.of("tools/call")::contains),
          nanos::get);

  @Test
  void aServedExchangeIsCountedOnceUnderItsLabels() {
    Told.wholeRoad(meters, Told.SERVED);
    assertThat(counter("demo", "tools/call", "served", "none").count()).isEqualTo(1);
    assertThat(registry.get("turnpike.exchanges").counters()).hasSize(1);
  }

  @Test
  void aRefusalIsCountedUnderItsLabel() {
    Outcome refused = new Outcome.TurnedAway(new Refusal.UpstreamUnavailable("demo-up", "refused"));
    Told.wholeRoad(meters, refused);
    Told.wholeRoad(meters, refused);
    assertThat(counter("demo", "tools/call", "refused", "upstream_unavailable").count())
        .isEqualTo(2);
  }

  @Test
  void aCallerCannotMakeUpLabels() {
    for (int i = 0; i < 1000; i++) {
      ExchangeListener.Watch watch = meters.begun(Told.INBOUND);
      watch.read(Told.call("endpoint-" + i, "method-" + i, "target-" + i));
      watch.ended(Told.SERVED);
    }
    assertThat(counter("other", "other", "served", "none").count()).isEqualTo(1000);
    assertThat(registry.get("turnpike.exchanges").counters()).hasSize(1);
    assertThat(registry.get("turnpike.exchange").timers()).hasSize(1);
  }

  @Test
  void anExchangeThatWasNeverReadIsCountedToo() {
    meters.begun(Told.INBOUND).ended(new Outcome.TurnedAway(new Refusal.NoSuchEndpoint()));
    assertThat(counter("none", "none", "refused", "no_such_endpoint").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "identify, 1",
    "read, 2",
    "route, 3",
    "authorize, 4",
    "budget, 5",
    "upstream, 6",
    "answer, 7"
  })
  void everyStepIsTimedFromTheOneBefore(String step, long millis) {
    ExchangeListener.Watch watch = meters.begun(Told.INBOUND);
    pass(1);
    watch.identified(Told.caller("ada", "acme"));
    pass(2);
    watch.read(Told.call("demo", "tools/call", "echo"));
    pass(3);
    watch.routed("demo-up");
    pass(4);
    watch.permitted(Told.ANYONE);
    pass(5);
    watch.reserved(List.of(), Usage.NONE);
    pass(6);
    watch.answered();
    pass(7);
    watch.delivered();
    // what it came to is counted when the caller has its answer
    pass(100);
    watch.ended(Told.SERVED);
    FunctionTimer timer = registry.get("turnpike.step").tag("step", step).functionTimer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(millis);
    assertThat(
            registry
                .get("turnpike.exchange")
                .tag("endpoint", "demo")
                .tag("outcome", "served")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(28);
  }

  @Test
  void whatIsUnderWayIsAGauge() {
    ExchangeListener.Watch one = meters.begun(Told.INBOUND);
    meters.begun(Told.INBOUND);
    assertThat(registry.get("turnpike.exchanges.open").gauge().value()).isEqualTo(2);
    one.ended(Told.SERVED);
    assertThat(registry.get("turnpike.exchanges.open").gauge().value()).isEqualTo(1);
  }

  @Test
  void tokensAreCountedByWhatTheyAreAndWhereTheyComeFrom() {
    ExchangeListener.Watch watch = meters.begun(Told.INBOUND);
    watch.read(Told.call("demo", "tools/call", "echo"));
    watch.reserved(List.of(), new Usage(Count.estimated(1), Count.estimated(680), 0, Count.NONE));
    watch.ended(
        new Outcome.Served(new Usage(Count.reported(12), Count.counted(340), 0, Count.NONE)));
    assertThat(tokens("input", "reported").totalAmount()).isEqualTo(12);
    assertThat(tokens("output", "counted").totalAmount()).isEqualTo(340);
    assertThat(registry.get("turnpike.estimate.ratio").summary().max()).isEqualTo(2);
    meters.begun(Told.INBOUND).ended(new Outcome.Served(Usage.listing(Count.estimated(9))));
    assertThat(
            registry
                .get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", "definition")
                .tag("gen_ai.operation.name", "")
                .summary()
                .totalAmount())
        .isEqualTo(9);
  }

  private DistributionSummary tokens(String type, String basis) {
    return registry
        .get("gen_ai.client.token.usage")
        .tag("endpoint", "demo")
        .tag("gen_ai.token.type", type)
        .tag("basis", basis)
        .tag("gen_ai.operation.name", "execute_tool")
        .summary();
  }

  @Test
  void tokensHaveTheNameAndTheBucketsOfTheConventions() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters told =
        new Meters(
            prometheus,
            new Labels(Set.of("demo")::contains, Set.of("tools/call")::contains),
            nanos::get);
    Told.wholeRoad(
        told, new Outcome.Served(new Usage(Count.reported(12), Count.counted(340), 0, Count.NONE)));
    assertThat(prometheus.scrape())
        .contains(
            "gen_ai_client_token_usage_bucket{basis=\"reported\",endpoint=\"demo\","
                + "gen_ai_operation_name=\"execute_tool\",gen_ai_token_type=\"input\",le=\"16.0\",} 1")
        .contains("le=\"6.7108864E7\"")
        .doesNotContain("usage_token");
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Counter counter(String endpoint, String method, String outcome, String refusal) {
    return registry
        .get("turnpike.exchanges")
        .tag("endpoint", endpoint)
        .tag("method", method)
        .tag("outcome", outcome)
        .tag("refusal", refusal)
        .counter();
  }
}
