package dev.turnpike.component;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.assembly.Settings;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.RecordedExchanges.Recorded;
import dev.turnpike.testkit.Road;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A road for each test, before a modern upstream {@code one} and a legacy one {@code old}. */
abstract class OwnRoad {
  final FakeUpstream up = FakeUpstream.modern();
  final FakeUpstream old = FakeUpstream.legacy("2025-11-25");
  private final List<RawCaller> callers = new ArrayList<>();
  private final LoudLog log = new LoudLog();
  Road road = Road.serving(file());

  String file() {
    return Wire.FILE.formatted(up.url(), old.url());
  }

  static Settings settings(AcceptLimits accept, int streamsPerCaller, int callsPerCaller) {
    return settings(accept, streamsPerCaller, callsPerCaller, Settings.Bounds.DEFAULT.inputTime());
  }

  static Settings settings(
      AcceptLimits accept, int streamsPerCaller, int callsPerCaller, Duration inputTime) {
    Settings.Bounds all = Settings.Bounds.DEFAULT;
    return Settings.DEFAULT.within(
        new Settings.Bounds(
            accept,
            all.scan(),
            all.replay(),
            all.sessions(),
            all.connections(),
            streamsPerCaller,
            callsPerCaller,
            all.connectionAge(),
            inputTime,
            all.answer()));
  }

  /** Serves the same file anew within these limits. */
  void restart(AcceptLimits limits) {
    road.close();
    road = Road.serving(file(), settings(limits, 8, 100));
  }

  @AfterEach
  void nothingIsLeftOpen() {
    callers.forEach(RawCaller::close);
    road.settle();
    log.mustBeQuiet();
    log.close();
    road.close();
    up.close();
    old.close();
  }

  /** Asks on a connection that stays until the test is over. */
  RawCaller asking(RawRequest request) {
    return kept(RawCaller.to(road)).send(request);
  }

  RawCaller kept(RawCaller caller) {
    callers.add(caller);
    return caller;
  }

  String session() {
    return RawCaller.session(road, "old", "2025-11-25");
  }

  static RawRequest modernCall(int id) {
    return RawRequest.call("one", Integer.toString(id), "echo", "{}");
  }

  static RawRequest legacyCall(String session, int id) {
    return RawRequest.legacy(
        "old",
        session,
        RawRequest.legacyBody(Integer.toString(id), "tools/call", "{\"name\":\"echo\"}"));
  }

  void end(String session) {
    RawAnswer answer = RawCaller.ask(road, RawRequest.get("old", session).method("DELETE"));
    if (answer.status() != 204) {
      throw new AssertionError("not ended: " + answer);
    }
  }

  /** The outcome of that exchange, counted from 0; waits for it. */
  Outcome outcome(int index) {
    List<Recorded> all = road.exchanges().all();
    Eventually.holds(
        "an outcome of exchange " + index,
        () -> all.size() > index && !all.get(index).outcomes().isEmpty());
    return all.get(index).outcomes().getFirst();
  }

  /** The outcome of the exchange that began last; waits for it. */
  Outcome lastOutcome() {
    return outcome(road.exchanges().all().size() - 1);
  }
}
