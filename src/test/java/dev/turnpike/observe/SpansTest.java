package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.rpc.Payload;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String OF_FIELDS = "00-" + TRACE + "-" + SPAN + "-01";
  private static final String OTHER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OF_MESSAGE = "00-" + OTHER_TRACE + "-00f067aa0ba902b7-01";
  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");
  private static final Usage ESTIMATE =
      new Usage(Count.estimated(12), Count.estimated(500), 0, Count.NONE);

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Spans spans =
      new Spans(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exported))
              .build()
              .get("test"),
          Calls::known,
          now::get);

  private static Inbound inbound(String body, String... traceparents) {
    Headers headers = name -> name.equals("traceparent") ? List.of(traceparents) : List.of();
    return new Inbound("POST", "/mcp/demo", headers, Payload.of(body));
  }

  private void pass(long millis) {
    now.updateAndGet(before -> before.plusMillis(millis));
  }

  private void exchange(Inbound inbound, Outcome outcome) {
    ExchangeListener.Watch watch = spans.begun(inbound);
    pass(10);
    watch.identified(Told.caller("ann", "acme"));
    watch.read(Told.call("demo", "tools/call", "echo"));
    watch.routed("demo-up");
    watch.reserved(List.of(), ESTIMATE);
    pass(300);
    watch.answered();
    watch.delivered();
    // counting
    pass(1_000);
    watch.ended(outcome);
  }

  private SpanData only(SpanKind kind) {
    assertThat(exported.getFinishedSpanItems())
        .filteredOn(span -> span.getKind() == kind)
        .hasSize(1);
    return exported.getFinishedSpanItems().stream()
        .filter(span -> span.getKind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static long number(SpanData span, String name) {
    Long value = span.getAttributes().get(AttributeKey.longKey(name));
    return value == null ? -1 : value;
  }

  private static String text(SpanData span, String name) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
  }

  private static long millis(SpanData span) {
    return TimeUnit.NANOSECONDS.toMillis(span.getEndEpochNanos() - span.getStartEpochNanos());
  }

  @Test
  void areTheRequestAndWithinItWhatTheUpstreamWasAsked() {
    exchange(
        inbound("{}"),
        new Outcome.Served(new Usage(Count.counted(11), Count.reported(40), 3, Count.NONE)));
    SpanData server = only(SpanKind.SERVER);
    SpanData client = only(SpanKind.CLIENT);
    assertThat(server.getParentSpanContext().isValid()).isFalse();
    assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(client.getTraceId()).isEqualTo(server.getTraceId());
    // until the answer was sent, and not until it was counted
    assertThat(millis(server)).isEqualTo(310);
    assertThat(millis(client)).isEqualTo(300);
    for (SpanData span : List.of(server, client)) {
      assertThat(span.getName()).isEqualTo("tools/call echo");
      assertThat(text(span, "mcp.method.name")).isEqualTo("tools/call");
      assertThat(text(span, "mcp.protocol.version")).isEqualTo("2026-07-28");
      assertThat(text(span, "gen_ai.tool.name")).isEqualTo("echo");
      assertThat(text(span, "gen_ai.operation.name")).isEqualTo("execute_tool");
      assertThat(number(span, "gen_ai.usage.input_tokens")).isEqualTo(11);
      assertThat(number(span, "gen_ai.usage.output_tokens")).isEqualTo(40);
      assertThat(text(span, "turnpike.usage.input_basis")).isEqualTo("counted");
      assertThat(text(span, "turnpike.usage.output_basis")).isEqualTo("reported");
    }
  }

  @Test
  void haveTheScoreThatTheCallWasReservedBy() {
    exchange(inbound("{}"), Told.SERVED);
    SpanData server = only(SpanKind.SERVER);
    assertThat(number(server, "turnpike.estimate.input_tokens")).isEqualTo(12);
    assertThat(number(server, "turnpike.estimate.output_tokens")).isEqualTo(500);
    assertThat(text(server, "turnpike.caller")).isEqualTo("ann");
    assertThat(text(server, "turnpike.tenant")).isEqualTo("acme");
    assertThat(text(server, "turnpike.endpoint")).isEqualTo("demo");
    assertThat(text(server, "turnpike.upstream")).isEqualTo("demo-up");
  }

  @Test
  void goOnWithTheTraceOfTheFields() {
    exchange(inbound("{}", OF_FIELDS), Told.SERVED);
    SpanData server = only(SpanKind.SERVER);
    assertThat(server.getTraceId()).isEqualTo(TRACE);
    assertThat(server.getParentSpanId()).isEqualTo(SPAN);
    assertThat(server.getLinks()).isEmpty();
  }

  @Test
  void goOnWithTheTraceOfTheMessageAndLinkToThatOfTheFields() {
    exchange(
        inbound("{\"params\":{\"_meta\":{\"traceparent\":\"" + OF_MESSAGE + "\"}}}", OF_FIELDS),
        Told.SERVED);
    SpanData server = only(SpanKind.SERVER);
    assertThat(server.getTraceId()).isEqualTo(OTHER_TRACE);
    assertThat(server.getLinks()).hasSize(1);
    assertThat(server.getLinks().getFirst().getSpanContext().getTraceId()).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish", "00-0000-b7ad6b7169203331-01", "ff" + "-" + TRACE})
  void beginATraceWhereTheirParentIsMalformed(String parent) {
    exchange(inbound("{\"params\":{\"_meta\":{\"traceparent\":7}}}", parent), Told.SERVED);
    assertThat(only(SpanKind.SERVER).getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void beginATraceWhereTheirParentIsSaidTwice() {
    exchange(inbound("{}", OF_FIELDS, OF_MESSAGE), Told.SERVED);
    assertThat(only(SpanKind.SERVER).getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void neverHaveArguments() {
    exchange(Told.INBOUND, Told.SERVED);
    assertThat(exported.getFinishedSpanItems().toString()).doesNotContain("secret", "a-header");
  }

  @Test
  void sayWhatWentWrong() {
    ExchangeListener.Watch watch = spans.begun(inbound("{}"));
    watch.read(Told.call("demo", "tools/call", "echo"));
    watch.ended(new Outcome.TurnedAway(new Refusal.NoSuchEndpoint()));
    SpanData server = only(SpanKind.SERVER);
    assertThat(text(server, "error.type")).isEqualTo("no_such_endpoint");
    assertThat(server.getStatus().getStatusCode().name()).isEqualTo("ERROR");
    // nobody was asked
    assertThat(exported.getFinishedSpanItems()).hasSize(1);
  }

  @Test
  void areNotNamedByWhatNobodyKnows() {
    ExchangeListener.Watch watch = spans.begun(inbound("not JSON", OF_FIELDS));
    watch.read(Told.call("demo", "made/up", "echo"));
    watch.ended(Told.SERVED);
    SpanData server = only(SpanKind.SERVER);
    assertThat(server.getName()).isEqualTo("request");
    assertThat(server.getTraceId()).isEqualTo(TRACE);
    assertThat(server.getAttributes().asMap()).isEmpty();
  }
}
