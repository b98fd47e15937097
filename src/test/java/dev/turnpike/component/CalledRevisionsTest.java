package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revisions in which upstreams are not called any more, while the process runs. */
class CalledRevisionsTest {
  private static final String MODERN = "2026-07-28";
  private static final String NEWEST = "2025-11-25";
  private static final String OLDER = "2025-06-18";
  private static final String OLDEST = "2025-03-26";
  private static final String INITIALIZE =
      "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}";

  private static final String ACKNOWLEDGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
          + "{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"7\"},"
          + "\"notifications\":{\"toolsListChanged\":true}}}";

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final FakeUpstream up = FakeUpstream.modern();
  private final FakeUpstream old = FakeUpstream.legacy(NEWEST);
  private final FakeUpstream any = FakeUpstream.legacy(NEWEST).on("initialize", agreeing());
  private final FakeUpstream dual = FakeUpstream.modern().on("initialize", agreeing());
  private final Road road =
      Road.serving(
          """
          upstreams:
            up: { mcp: { url: "%1$s" } }
            old: { mcp: { url: "%2$s" } }
            any: { mcp: { url: "%3$s" } }
            dual: { mcp: { url: "%4$s" } }
            pinned: { mcp: { url: "%1$s", revision: modern } }
            dated: { mcp: { url: "%3$s", revision: 2025-06-18 } }
            aged: { mcp: { url: "%3$s", revision: legacy } }
          endpoints:
            up: { mcp: { upstreams: [up] }, anonymous: true }
            old: { mcp: { upstreams: [old] }, anonymous: true }
            any: { mcp: { upstreams: [any] }, anonymous: true }
            dual: { mcp: { upstreams: [dual] }, anonymous: true }
            pinned: { mcp: { upstreams: [pinned] }, anonymous: true }
            dated: { mcp: { upstreams: [dated] }, anonymous: true }
            aged: { mcp: { upstreams: [aged] }, anonymous: true }
            both: { mcp: { upstreams: [up, any] }, anonymous: true }
          rules:
            - { name: all, allow: {} }
          """
              .formatted(up.url(), old.url(), any.url(), dual.url()),
          Settings.DEFAULT.calling((revision, upstream) ->
              !off.contains(revision) && !off.contains(revision + "@" + upstream)));

  /** Agrees to what is proposed. */
  private static Script agreeing() {
    return (request, line) ->
        line.whole(
            200,
            "application/json",
            FakeUpstream.INITIALIZED.formatted(proposed(request)).replace("$id", request.id()),
            "Mcp-Session-Id: " + FakeUpstream.SESSION + "\r\n");
  }

  private static String proposed(Seen initialize) {
    return initialize.text().replaceAll("(?s).*\"protocolVersion\":\"([0-9-]*)\".*", "$1");
  }

  @AfterEach
  void end() {
    road.settle();
    road.close();
    Stream.of(up, old, any, dual).forEach(FakeUpstream::close);
  }

  private void turnOff(String... revisions) {
    off.addAll(Set.of(revisions));
    road.gateway().withdraw();
  }

  private void turnOn(String revision) {
    off.remove(revision);
    road.gateway().withdraw();
  }

  private RawAnswer call(String endpoint) {
    return RawCaller.ask(road, RawRequest.call(endpoint, "7", "echo", "{}"));
  }

  private void served(String endpoint) {
    RawAnswer answer = call(endpoint);
    assertThat(answer.text()).contains("served");
  }

  private RawAnswer open(String endpoint, String revision) {
    return RawCaller.ask(
        road,
        RawRequest.post(
            endpoint, RawRequest.legacyBody("0", "initialize", INITIALIZE.formatted(revision))));
  }

  private void mustBeUnavailable(RawAnswer answer, String flag) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(-31502);
    Eventually.holds(
        "the outcome names the flag",
        () -> {
          List<Outcome> all = road.exchanges().outcomes();
          return !all.isEmpty() && all.getLast().toString().contains("upstream.mcp." + flag);
        });
  }

  /** All that was proposed to it, by Turnpike itself and for callers. */
  private static List<String> proposals(FakeUpstream upstream) {
    return Stream.concat(upstream.inquiries().stream(), upstream.seen().stream())
        .filter(request -> request.rpcMethod().equals("initialize"))
        .map(CalledRevisionsTest::proposed)
        .distinct()
        .toList();
  }

  private int ping(String endpoint, String session) {
    String ping = RawRequest.legacyBody("7", "ping", "{}");
    return RawCaller.ask(road, RawRequest.legacy(endpoint, session, ping)).status();
  }

  private static int ends(FakeUpstream upstream) {
    return upstream.seen("DELETE").size();
  }

  private static void ends(FakeUpstream upstream, int times) {
    Eventually.holds("sessions that it was told of the end of", () -> ends(upstream) == times);
  }

  @Test
  void theNewestThatIsOnIsProposedForCallersOfEitherEra() {
    turnOff(NEWEST);
    served("any");
    assertThat(proposals(any)).containsExactly(OLDER);
    assertThat(open("any", NEWEST).json().at("/result/protocolVersion").asText()).isEqualTo(OLDER);
    turnOff(OLDER);
    served("any");
    assertThat(open("any", OLDER).json().at("/result/protocolVersion").asText()).isEqualTo(OLDEST);
    assertThat(proposals(any)).containsExactly(OLDER, OLDEST);
  }

  @Test
  void anUpstreamThatAgreesToOneThatIsOffIsNotUsed() {
    turnOff(NEWEST);
    mustBeUnavailable(call("old"), NEWEST);
    ends(old, 1);
    mustBeUnavailable(open("old", OLDER), NEWEST);
    ends(old, 2);
    assertThat(old.seen("tools/call")).isEmpty();
    assertThat(road.sessions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "any", "aged"})
  void withoutSessionsWhoHasOnlyThoseIsNotCalled(String endpoint) {
    turnOff(NEWEST, OLDER, OLDEST);
    mustBeUnavailable(call(endpoint), OLDEST);
    mustBeUnavailable(open(endpoint, NEWEST), NEWEST);
    assertThat(proposals(any)).isEmpty();
    assertThat(proposals(old)).isEmpty();
  }

  @Test
  void aRevisionThatIsWrittenDownIsNotReplacedByAnother() {
    served("dated");
    assertThat(proposals(any)).containsExactly(OLDER);
    turnOff(OLDER);
    mustBeUnavailable(call("dated"), OLDER);
    mustBeUnavailable(open("dated", NEWEST), OLDER);
    served("any");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "pinned"})
  void whoHasNoSessionsIsNotCalledWithoutThem(String endpoint) {
    up.on("initialize", Scripts.status(400));
    turnOff(MODERN);
    mustBeUnavailable(call(endpoint), MODERN);
    mustBeUnavailable(open(endpoint, NEWEST), MODERN);
    assertThat(Stream.concat(up.seen().stream(), up.inquiries().stream()))
        .allMatch(request -> request.rpcMethod().equals("initialize"));
    turnOn(MODERN);
    served(endpoint);
  }

  @Test
  void withNothingLeftNobodyIsAsked() {
    turnOff(MODERN, NEWEST, OLDER, OLDEST);
    mustBeUnavailable(call("dual"), MODERN);
    mustBeUnavailable(open("dual", NEWEST), MODERN);
    assertThat(dual.connections()).isZero();
  }

  @Test
  void whoSpeaksBothIsCalledInTheEraThatIsOn() {
    served("dual");
    assertThat(proposals(dual)).isEmpty();
    turnOff(MODERN);
    served("dual");
    assertThat(dual.seen("tools/call").getLast().fields().first("mcp-session-id"))
        .isEqualTo(FakeUpstream.SESSION);
    turnOn(MODERN);
    turnOff(NEWEST, OLDER, OLDEST);
    dual.forget();
    dual.on("initialize", agreeing());
    served("dual");
    String session = RawCaller.session(road, "dual", NEWEST);
    assertThat(ping("dual", session)).isEqualTo(200);
    assertThat(proposals(dual)).isEmpty();
  }

  @Test
  void aSessionForModernCallersEndsAndTheNextIsInAnother() {
    served("any");
    served("aged");
    turnOff(NEWEST + "@any");
    ends(any, 1);
    served("any");
    served("aged");
    assertThat(proposals(any)).containsExactly(NEWEST, OLDER);
    assertThat(ends(any)).isEqualTo(1);
  }

  @Test
  void aSessionIsGivenToNobodyOnceItsRevisionIsOff() {
    served("any");
    off.add(NEWEST);
    served("any");
    assertThat(any.seen("tools/call").getLast().fields().first("mcp-protocol-version"))
        .isEqualTo(OLDER);
    ends(any, 1);
  }

  @Test
  void aCallThatIsUnderWayGoesOnToItsEnd() {
    CountDownLatch gate = new CountDownLatch(1);
    served("aged");
    any.on(
        "tools/call",
        (request, line) -> {
          if (request.text().contains("slow")) {
            line.await(gate);
          }
          line.json(Scripts.RESULT);
        });
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(RawRequest.call("any", "7", "echo", "{\"slow\":true}"));
      Eventually.holds("it is under way", () -> any.seen("tools/call").size() == 2);
      turnOff(NEWEST);
      ends(any, 1);
      served("aged");
      assertThat(ends(any)).as("that of nobody's call").isEqualTo(1);
      gate.countDown();
      assertThat(caller.answer().text()).contains("served");
    }
    Eventually.holds(
        "its session ends, too",
        () -> {
          road.gateway().withdraw();
          return ends(any) == 2;
        });
  }

  @Test
  void aSessionOfACallersEnds() {
    String ending = RawCaller.session(road, "any", NEWEST);
    String staying = RawCaller.session(road, "any", OLDER);
    turnOff(NEWEST);
    assertThat(ping("any", ending)).isEqualTo(404);
    assertThat(ping("any", staying)).isEqualTo(200);
    ends(any, 1);
  }

  @Test
  void aSessionBeforeAnUpstreamWithoutThemEnds() {
    up.on("initialize", Scripts.status(400));
    dual.on("initialize", Scripts.status(400));
    String ending = RawCaller.session(road, "up", NEWEST);
    String staying = RawCaller.session(road, "dual", NEWEST);
    turnOff(MODERN + "@up");
    assertThat(ping("up", ending)).isEqualTo(404);
    assertThat(ping("dual", staying)).isEqualTo(200);
  }

  @Test
  void aStreamThatStandsOpenEndsOnceAndIsHadAnewInTheEraThatIsOn() {
    dual.on("subscriptions/listen", Scripts.hangInStream(ACKNOWLEDGED));
    try (RawCaller listening = RawCaller.to(road)) {
      assertThat(listening.send(listen("dual")).head().data()).contains("acknowledged");
      turnOff(MODERN);
      listening.rest();
    }
    dual.on("GET", Scripts.hangInStream());
    try (RawCaller again = RawCaller.to(road)) {
      assertThat(again.send(listen("dual")).head().data()).contains("acknowledged");
      assertThat(dual.only("GET").fields().first("mcp-session-id")).isEqualTo(FakeUpstream.SESSION);
    }
  }

  private static RawRequest listen(String endpoint) {
    return RawRequest.modern(
        endpoint, "7", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
  }

  @Test
  void ofSeveralTheOthersAreCalled() {
    String ending = RawCaller.session(road, "both", NEWEST);
    assertThat(federated("up_echo").text()).contains("served");
    turnOff(MODERN);
    assertThat(ping("both", ending)).isEqualTo(404);
    mustBeUnavailable(federated("up_echo"), MODERN);
    assertThat(federated("any_echo").text()).contains("served");
  }

  private RawAnswer federated(String tool) {
    return RawCaller.ask(road, RawRequest.call("both", "7", tool, "{}"));
  }
}
