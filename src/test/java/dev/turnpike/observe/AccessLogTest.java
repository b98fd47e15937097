package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:15:30.123456789Z");

  private final List<String> lines = new ArrayList<>();
  private final List<Throwable> bugs = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aLineHoldsWhatIsKnownAndTakesOneLine() {
    Told.wholeRoad(log(AccessLog.Format.TEXT), Told.SERVED);
    assertThat(lines)
        .containsExactly(
            "time=2026-11-24T10:15:30.123Z caller=ada tenant=acme protocol=mcp"
                + " revision=2026-07-28 lane=stable endpoint=demo method=tools/call verb=invoke"
                + " kind=tool target=echo upstream=demo-up rule=anyone outcome=served"
                + " duration_ms=0.000");
  }

  @Test
  void jsonHoldsTheSame() throws Exception {
    Told.wholeRoad(log(AccessLog.Format.JSON), Told.SERVED);
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.get("caller").asText()).isEqualTo("ada");
    assertThat(line.get("target").asText()).isEqualTo("echo");
    assertThat(line.get("outcome").asText()).isEqualTo("served");
    assertThat(line.get("duration_ms").isNumber()).isTrue();
  }

  @Test
  void tokensAreToldWithWhereTheyComeFrom() throws Exception {
    Usage usage = new Usage(Count.reported(12), Count.counted(340), 0, Count.NONE);
    for (AccessLog.Format format : AccessLog.Format.values()) {
      ExchangeListener.Watch watch = log(format).begun(Told.INBOUND);
      watch.reserved(
          List.of(), new Usage(Count.estimated(10), Count.estimated(500), 0, Count.NONE));
      watch.ended(new Outcome.Served(usage));
    }
    assertThat(lines.getFirst())
        .contains(
            " estimate_tokens=510 outcome=served input_tokens=12 input_basis=reported"
                + " output_tokens=340 output_basis=counted ");
    JsonNode line = new ObjectMapper().readTree(lines.getLast());
    assertThat(line.get("output_tokens").asLong()).isEqualTo(340);
    assertThat(line.get("output_tokens").isNumber()).isTrue();
    log(AccessLog.Format.TEXT)
        .begun(Told.INBOUND)
        .ended(new Outcome.Served(Usage.listing(Count.estimated(9))));
    assertThat(lines.getLast())
        .contains(" definition_tokens=9 definition_basis=estimated ")
        .doesNotContain("input");
  }

  @Test
  void durationIsInMillisecondsDownToMicroseconds() {
    ExchangeListener.Watch watch = log(AccessLog.Format.TEXT).begun(Told.INBOUND);
    nanos.addAndGet(12_034_567);
    watch.delivered();
    // what it came to is counted when the caller has its answer
    nanos.addAndGet(20_000_000);
    watch.ended(Told.SERVED);
    assertThat(lines.getFirst()).endsWith("duration_ms=12.034");
  }

  @ParameterizedTest
  @EnumSource
  void whatACallerSentInConfidenceIsNotInTheLine(AccessLog.Format format) {
    Told.wholeRoad(log(format), Told.SERVED);
    assertThat(lines.getFirst())
        .doesNotContain("argument")
        .doesNotContain("a-header-value")
        .doesNotContain("claim");
  }

  @Test
  void beforeACallIsReadThePathSaysWhatItWas() {
    log(AccessLog.Format.TEXT)
        .begun(Told.at("/mcp/nowhere"))
        .ended(new Outcome.TurnedAway(new Refusal.NoSuchEndpoint()));
    assertThat(lines.getFirst())
        .contains("http_method=GET path=/mcp/nowhere outcome=refused refusal=no_such_endpoint");
  }

  @Test
  void aCutSaysByWhomAndWhy() {
    Told.wholeRoad(
        log(AccessLog.Format.TEXT), new Outcome.Cut(Outcome.By.UPSTREAM, "reset by peer"));
    assertThat(lines.getFirst()).contains("outcome=cut by=upstream detail=\"reset by peer\"");
  }

  @Test
  void aBugIsOneLineAndOneErrorWithItsStack() {
    IllegalStateException bug = new IllegalStateException("what went wrong");
    Told.wholeRoad(log(AccessLog.Format.TEXT), new Outcome.Broken(bug));
    assertThat(lines).singleElement().asString().contains("outcome=broken");
    assertThat(lines.getFirst()).doesNotContain("what went wrong");
    assertThat(bugs).containsExactly(bug);
  }

  @Test
  void onlyABugIsAnError() {
    AccessLog log = log(AccessLog.Format.TEXT);
    Told.oneOfEach().forEach(refusal -> Told.wholeRoad(log, new Outcome.TurnedAway(refusal)));
    assertThat(bugs).isEmpty();
    assertThat(lines).hasSameSizeAs(Told.oneOfEach());
  }

  @Test
  void aValueCannotLookLikeAFieldOrALineOfItsOwn() {
    AccessLog log = log(AccessLog.Format.TEXT);
    ExchangeListener.Watch watch = log.begun(Told.INBOUND);
    watch.read(Told.call("demo", "tools/call", "x outcome=served\r\ntime=0 \u001b[31m\u009b"));
    watch.ended(Told.SERVED);
    assertThat(lines.getFirst())
        .contains("target=\"x outcome=served\\u000d\\u000atime=0 \\u001b[31m\\u009b\"");
  }

  @ParameterizedTest
  @EnumSource
  void aLongValueIsCut(AccessLog.Format format) {
    AccessLog log = log(format);
    ExchangeListener.Watch watch = log.begun(Told.INBOUND);
    watch.read(Told.call("demo", "tools/call", "t".repeat(100_000)));
    watch.ended(Told.SERVED);
    assertThat(lines.getFirst().length()).isLessThan(1000);
    assertThat(lines.getFirst()).contains("t...\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverTheTextALineIsPrintableAndJsonStaysJson(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(40), 0, 0x3000).forEach(unit -> text.append((char) unit));
      String told = text.toString();
      for (AccessLog.Format format : AccessLog.Format.values()) {
        ExchangeListener.Watch watch = log(format).begun(Told.at(told));
        watch.identified(Told.caller(told, told));
        watch.ended(Told.SERVED);
        String line = lines.removeLast();
        assertThat(line).matches("[ -~]+");
        if (format == AccessLog.Format.JSON) {
          assertThat(new ObjectMapper().readTree(line).get("path").asText()).isEqualTo(told);
        }
      }
    }
  }

  private AccessLog log(AccessLog.Format format) {
    return new AccessLog(format, nanos::get, () -> AT, lines::add, (message, bug) -> bugs.add(bug));
  }
}
