package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Sign;
import dev.turnpike.protocol.Signs;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.protocol.mcp.modern.Inside;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Requests;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that go by way of a lane to an upstream: within its limits, and not after their end. */
class LaneOfAnExtensionTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Takes calls that mention it to its lane, and adds nothing there. */
  private static final class Aside implements Extension {
    @Override
    public String id() {
      return "aside";
    }

    @Override
    public Signs signs() {
      return new Signs(
          "/mcp/",
          "mcp-method",
          List.of(
              new Sign.Says(Map.of("mcp-method", Set.of("tools/call")), List.of("by-the-lane"))));
    }

    @Override
    public Optional<Dialogue> read(Request request, Inside inside) {
      return Optional.empty();
    }
  }

  private FakeUpstream up;
  private Trying flags;
  private Road road;

  @BeforeEach
  void start() {
    up = FakeUpstream.modern();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    within(LONG);
  }

  private void within(Duration time) {
    flags = new Trying(Trying.within(time));
    road = Road.trying(Road.open("m", up.url()), Settings.DEFAULT, List.of(new Aside()), flags);
  }

  @AfterEach
  void end() {
    road.close();
    up.close();
  }

  private static RawRequest call(String arguments) {
    return RawRequest.call("m", "1", "echo", arguments);
  }

  private static RawRequest aside() {
    return call("{\"by-the-lane\":1}");
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private RawAnswer ask(RawRequest request) {
    return RawCaller.ask(road, request);
  }

  private AlphaLane lane() {
    return road.trials().lanes().getFirst();
  }

  @Test
  void isReadNoDeeperThanItsFlagSays() {
    assertThat(ask(call(nested(30))).status()).as("in the stable lane").isEqualTo(200);
    up.forget();
    String mention = "{\"by-the-lane\":";
    assertThat(ask(call(mention + nested(8) + "}")).status()).isEqualTo(200);
    RawAnswer refused = ask(call(mention + nested(30) + "}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(up.seen("tools/call")).hasSize(1);
    assertThat(flags.failures()).as("nobody's fault").isEmpty();
    road.settle();
  }

  @Test
  void leavesNoCallAtTheUpstreamWhereItsTimeIsOver() {
    road.close();
    within(Duration.ofMillis(500));
    up.on("tools/call", Scripts.hang());
    assertThat(ask(aside()).status()).isEqualTo(404);
    Eventually.holds("it is cancelled", () -> up.only("tools/call").hungUp());
    road.settle();
  }

  @Test
  void leavesNoCallAtTheUpstreamWhereItIsTurnedOff() {
    up.on("tools/call", Scripts.hangInStream(Scripts.progress(1)));
    try (RawCaller caller = RawCaller.to(road).send(aside()).head()) {
      assertThat(caller.status()).isEqualTo(200);
      assertThat(caller.data()).contains("progress");
      flags.onFor();
      road.trials().flagsChanged();
      assertThat(caller.cutOff()).isTrue();
    }
    Eventually.holds("it is cancelled", () -> up.only("tools/call").hungUp());
    assertThat(flags.failures()).as("nobody's fault").isEmpty();
    road.settle();
  }

  @Test
  void leavesNoCallAtTheUpstreamWhereItsCallerLeaves() {
    up.on("tools/call", Scripts.hang());
    try (RawCaller caller = RawCaller.to(road).send(aside())) {
      up.only("tools/call");
      caller.hangUp();
    }
    Eventually.holds("it is cancelled", () -> up.only("tools/call").hungUp());
    Eventually.holds("its place is free", () -> lane().open() == 0);
    assertThat(flags.failures()).as("nobody's fault").isEmpty();
  }

  @Test
  void goesOnUnderTheLimitsThatItBeganWith() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on(
        "tools/call",
        Scripts.inTurn(Scripts.gated(gate, Scripts.RESULT), Scripts.json(Scripts.RESULT)));
    AlphaLane first = lane();
    try (RawCaller caller = RawCaller.to(road).send(aside())) {
      up.only("tools/call");
      flags.allow(new LaneLimits(2, 0, 0.05, LONG, 300, 16, 0.5, Optional.empty()));
      road.trials().flagsChanged();
      assertThat(lane()).isNotSameAs(first);
      assertThat(ask(aside()).status()).as("in the new lane").isEqualTo(200);
      assertThat(ask(call("{\"by-the-lane\":\"" + "x".repeat(300) + "\"}")).status())
          .as("within the new limits")
          .isEqualTo(413);
      assertThat(first.open()).isEqualTo(1);
      assertThat(
              first.carry(
                  Requests.post("/mcp/m", "{}"),
                  Caller.ANONYMOUS,
                  Endpoints.of(new Setup(Map.of(), Map.of(), List.of(), List.of())),
                  new RecordedReply(),
                  new ExchangeListener.Watch() {}))
          .as("in the old lane")
          .failsWithin(Duration.ofSeconds(5));
      gate.countDown();
      assertThat(caller.answer().status()).isEqualTo(200);
    }
    Eventually.holds("nothing is left of the old lane", () -> first.open() == 0);
    road.settle();
  }
}
