package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.mcp.Calls;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final String SERVER = "mcp.server.operation.duration";
  private static final String CLIENT = "mcp.client.operation.duration";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong nanos = new AtomicLong();
  private final Operations operations = new Operations(registry, Calls::known, nanos::get);

  private ExchangeListener.Watch begun(String method) {
    ExchangeListener.Watch watch = operations.begun(Told.INBOUND);
    pass(10);
    watch.read(Told.call("demo", method, "echo"));
    watch.routed("demo-up");
    return watch;
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static double millis(Timer timer) {
    return timer.totalTime(TimeUnit.MILLISECONDS);
  }

  @Test
  void areTimedFromTheRequestAndFromWhatWasSentToTheEndOfTheAnswer() {
    ExchangeListener.Watch watch = begun("tools/call");
    watch.reserved(List.of(), Usage.NONE);
    pass(300);
    watch.answered();
    watch.delivered();
    // counting
    pass(1_000);
    watch.ended(Told.SERVED);
    Timer server =
        registry
            .get(SERVER)
            .tag("mcp.method.name", "tools/call")
            .tag("mcp.protocol.version", "2026-07-28")
            .tag("gen_ai.operation.name", "execute_tool")
            .tag("error.type", "")
            .timer();
    assertThat(millis(server)).isEqualTo(310);
    Timer client =
        registry
            .get(CLIENT)
            .tag("mcp.method.name", "tools/call")
            .tag("upstream", "demo-up")
            .tag("error.type", "")
            .timer();
    assertThat(millis(client)).isEqualTo(300);
  }

  @Test
  void haveTheNamesAndTheBucketsOfTheConventions() {
    ExchangeListener.Watch watch = begun("tools/call");
    watch.ended(Told.SERVED);
    String scraped = registry.scrape();
    assertThat(scraped)
        .contains(
            "mcp_server_operation_duration_seconds_bucket{error_type=\"\","
                + "gen_ai_operation_name=\"execute_tool\",mcp_method_name=\"tools/call\","
                + "mcp_protocol_version=\"2026-07-28\",le=\"0.01\",} 1");
    assertThat(
            scraped
                .lines()
                .filter(line -> line.contains("operation_duration_seconds_bucket"))
                .toList())
        .hasSize(15)
        .anyMatch(line -> line.contains("le=\"300.0\""));
  }

  @Test
  void whatNoUpstreamWasAskedForIsNoneOfItsOperations() {
    ExchangeListener.Watch refused = begun("tools/call");
    refused.ended(new Outcome.TurnedAway(new Refusal.NoSuchEndpoint()));
    ExchangeListener.Watch unrouted = begun("tools/call");
    unrouted.ended(new Outcome.TurnedAway(new Refusal.UpstreamUnavailable("demo-up", "r")));
    assertThat(registry.find(CLIENT).timers()).isEmpty();
    assertThat(registry.get(SERVER).tag("error.type", "no_such_endpoint").timer().count())
        .isEqualTo(1);
  }

  @Test
  void anUpstreamThatDoesNotAnswerIsTimedToo() {
    ExchangeListener.Watch watch = begun("prompts/get");
    watch.reserved(List.of(), Usage.NONE);
    pass(5);
    watch.ended(new Outcome.TurnedAway(new Refusal.UpstreamTimedOut("demo-up", "r")));
    assertThat(millis(registry.get(CLIENT).tag("error.type", "upstream_timed_out").timer()))
        .isEqualTo(5);
  }

  @Test
  void howItWasBrokenOffIsSaid() {
    begun("tools/list").ended(new Outcome.Cut(Outcome.By.CALLER, "r"));
    begun("tools/list").ended(new Outcome.Broken(new IllegalStateException()));
    assertThat(registry.get(SERVER).tag("error.type", "cut_by_caller").timer().count())
        .isEqualTo(1);
    assertThat(registry.get(SERVER).tag("error.type", "_OTHER").timer().count()).isEqualTo(1);
  }

  @Test
  void aCallerCannotMakeUpLabels() {
    for (int i = 0; i < 100; i++) {
      ExchangeListener.Watch watch = operations.begun(Told.INBOUND);
      watch.read(Told.call("endpoint-" + i, "tools/call", "target-" + i));
      watch.ended(Told.SERVED);
      begun("method-" + i).ended(Told.SERVED);
      operations.begun(Told.INBOUND).ended(Told.SERVED);
    }
    for (String control : List.of("notification", "answer", "stream", "end")) {
      begun(control).ended(Told.SERVED);
    }
    assertThat(registry.get(SERVER).timers()).hasSize(1);
  }
}
