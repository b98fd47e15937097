package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.LaneProcess;
import dev.turnpike.assembly.Settings;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import dev.turnpike.testkit.Trying;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the process of the experimental lane answers, each call of it ends, and properly. */
class EvilLaneTest {
  private static final Duration TIME = Duration.ofMillis(600);
  private static final String EVENTS = "Content-Type: text/event-stream\r\n";

  private final Trying flags = new Trying(Trying.within(TIME));
  private FakeUpstream up;
  private FakeUpstream lane;
  private Road road;

  @BeforeEach
  void start() {
    up = FakeUpstream.modern();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    lane = FakeUpstream.modern();
    road =
        Road.sending(
            Road.open("m", up.url()),
            LaneProcess.knownTo(Settings.DEFAULT),
            List.of(new Saboteur()),
            flags,
            URI.create(lane.url().replace("/mcp", "")));
  }

  @AfterEach
  void end() {
    road.close();
    lane.close();
    up.close();
  }

  private static RawRequest act() {
    return RawRequest.post("m", "{}").path("/sabotage/nothing");
  }

  private AlphaLane open() {
    return road.trials().lanes().getFirst();
  }

  private void stableIsWell() {
    assertThat(RawCaller.ask(road, RawRequest.call("m", "1", "echo", "{}")).status())
        .isEqualTo(200);
  }

  private void nothingIsLeft() {
    stableIsWell();
    Eventually.holds("its place is free", () -> open().open() == 0);
    road.settle();
  }

  private void isHungUpOn() {
    Eventually.holds("its connection is closed", () -> lane.seen().getFirst().hungUp());
  }

  private static Script raw(String bytes) {
    return (_, line) -> {
      line.raw(bytes);
      line.hang();
    };
  }

  static Stream<Arguments> neverWhole() {
    return Stream.of(
        Arguments.of("says nothing", Scripts.hang(), 404),
        Arguments.of("begins a head", Scripts.hangInHead(), 404),
        Arguments.of("says no body", Scripts.hangAfterHead("application/json"), 404),
        Arguments.of("drips", Scripts.drip("HTTP/1.1 200 OK\r\n".repeat(20), 20), 404),
        Arguments.of("fails", raw("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"), 404),
        Arguments.of("fails at length", raw("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"), 404),
        Arguments.of("early hints", raw("HTTP/1.1 103 Early Hints\r\n\r\n"), 404),
        Arguments.of("another protocol", raw("HTTP/1.1 101 Switching Protocols\r\n\r\n"), 404),
        Arguments.of("resets", Scripts.reset(), 502),
        Arguments.of("resets in its body", Scripts.resetInBody("{"), 502),
        Arguments.of("ends early", Scripts.truncated("{"), 502),
        Arguments.of("garbage", raw("\0\1\2\3 not a head \r\n\r\n"), 502),
        Arguments.of("a status of letters", raw("HTTP/1.1 abc Yes\r\n\r\n"), 502),
        Arguments.of(
            "a length of letters", raw("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), 502),
        Arguments.of(
            "chunks of letters",
            raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            502),
        Arguments.of(
            "a head without end", raw("HTTP/1.1 200 OK\r\nA: " + "x".repeat(99_999)), 502));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void neverWhole(String name, Script script, int status) {
    lane.on("*", script);
    assertThat(RawCaller.ask(road, act()).status()).isEqualTo(status);
    isHungUpOn();
    nothingIsLeft();
  }

  private static Script ok(int status, String fields) {
    return Scripts.status(status, fields, "{}");
  }

  static Stream<Arguments> oddAnswers() {
    return Stream.of(
        Arguments.of("a failure", Scripts.status(500), 404),
        Arguments.of("a failure at length", ok(500, ""), 404),
        Arguments.of("an odd status", ok(999, ""), 404),
        Arguments.of("no status", ok(0, ""), 404),
        Arguments.of("a large status", ok(12_345, ""), 404),
        Arguments.of("no content", raw("HTTP/1.1 204 No\r\n\r\n"), 204),
        Arguments.of("not modified", raw("HTTP/1.1 304 No\r\n\r\n"), 304),
        Arguments.of("a broken field", ok(200, "Retry-After: a\0b\1\r\n"), 502),
        Arguments.of("a broken type", Scripts.typed("text/\0\1", "{}"), 502),
        Arguments.of("no type", Scripts.typed("", "{}"), 200),
        Arguments.of("too much", Scripts.json("x".repeat(5 * 1024 * 1024)), 404),
        Arguments.of("more than it said", Scripts.overlong("{}"), 200));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void oddAnswers(String name, Script script, int status) {
    lane.on("*", script);
    assertThat(RawCaller.ask(road, act()).status()).isEqualTo(status);
    nothingIsLeft();
  }

  static Stream<Arguments> streams() {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + EVENTS + "\r\n";
    return Stream.of(
        Arguments.of("left open", Scripts.hangInStream("{}")),
        Arguments.of("broken off", Scripts.unendedStream("{}")),
        Arguments.of("without end", Scripts.endless("{}")),
        Arguments.of("garbage in it", raw(head + "a\r\ndata: {}\n\n\r\nzz\r\n")),
        Arguments.of(
            "an event too large",
            (Script)
                (_, line) -> {
                  line.events();
                  line.event("{}");
                  for (int i = 0; i < 80; i++) {
                    line.chunk("data: " + "x".repeat(64 * 1024) + "\n");
                  }
                  line.hang();
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void streams(String name, Script script) {
    lane.on("*", script);
    try (RawCaller caller = RawCaller.to(road).send(act()).head()) {
      assertThat(caller.status()).isEqualTo(200);
      assertThat(caller.data()).isEqualTo("{}");
      // by its end, and not by a caller who has waited for long enough
      Eventually.holds("it is over", () -> road.gateway().door().exchanges() == 0);
      assertThat(caller.cutOff()).isTrue();
    }
    isHungUpOn();
    nothingIsLeft();
  }

  @Test
  void isTurnedOffWhereItsProcessEndsWithEachCall() {
    lane.on("*", Scripts.reset());
    for (int i = 0; i < 10; i++) {
      assertThat(RawCaller.ask(road, act()).status()).isEqualTo(502);
    }
    assertThat(flags.why()).isPresent();
    nothingIsLeft();
  }

  @Test
  void isTurnedOffWhereItNeverAnswers() {
    lane.on("*", Scripts.hang());
    for (int i = 0; i < 10; i++) {
      assertThat(RawCaller.ask(road, act()).status()).isEqualTo(404);
    }
    assertThat(flags.why()).isPresent();
    nothingIsLeft();
    assertThat(lane.seen()).hasSize(10).allMatch(Seen::hungUp);
  }
}
