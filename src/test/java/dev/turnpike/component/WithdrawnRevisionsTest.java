package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revisions that are turned off while the process runs, at one endpoint or at all. */
class WithdrawnRevisionsTest {
  private static final String MODERN = "2026-07-28";
  private static final String NEWEST = "2025-11-25";
  private static final String OLDER = "2025-06-18";
  private static final String OLDEST = "2025-03-26";

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final FakeUpstream up = FakeUpstream.modern();
  private final FakeUpstream old = FakeUpstream.legacy(NEWEST);
  private final Road road =
      Road.serving(
          """
          upstreams:
            up: { mcp: { url: "%s" } }
            old: { mcp: { url: "%s" } }
          endpoints:
            one: { mcp: { upstreams: [up] }, anonymous: true }
            old: { mcp: { upstreams: [old] }, anonymous: true }
            both: { mcp: { upstreams: [up, old] }, anonymous: true }
          rules:
            - { name: all, allow: {} }
          """
              .formatted(up.url(), old.url()),
          Settings.DEFAULT.serving((revision, _, endpoint) ->
              !revision.equals("http-sse")
                  && !off.contains(revision)
                  && !off.contains(revision + "@" + endpoint)));

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
    old.close();
  }

  private RawAnswer open(String endpoint, String revision) {
    return RawCaller.ask(
        road,
        RawRequest.post(
            endpoint,
            RawRequest.legacyBody(
                "0",
                "initialize",
                "{\"protocolVersion\":\""
                    + revision
                    + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
  }

  private String agreed(String endpoint, String revision) {
    RawAnswer answer = open(endpoint, revision);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/result/protocolVersion").asText();
  }

  private RawAnswer call(String endpoint) {
    return RawCaller.ask(road, RawRequest.call(endpoint, "7", "echo", "{}"));
  }

  private void turnOff(String... revisions) {
    off.addAll(Set.of(revisions));
    road.gateway().withdraw();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "both"})
  void whoAsksForOneIsOfferedTheNewestThatThereIs(String endpoint) {
    assertThat(agreed(endpoint, OLDER)).isEqualTo(OLDER);
    turnOff(OLDER);
    assertThat(agreed(endpoint, OLDER)).isEqualTo(agreed(endpoint, "1999-01-01")).isEqualTo(NEWEST);
    turnOff(NEWEST);
    assertThat(agreed(endpoint, OLDER)).isEqualTo(OLDEST);
    assertThat(agreed(endpoint, NEWEST)).isEqualTo(OLDEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "old", "both"})
  void withoutAnyOfThemTheAnswerIsThatOfAnUnknownVersion(String endpoint) {
    turnOff(NEWEST, OLDER, OLDEST);
    RawAnswer asked = open(endpoint, OLDER);
    assertThat(asked.status()).isEqualTo(400);
    assertThat(asked.code()).isEqualTo(-32022);
    assertThat(asked.json().at("/error/data/supported/0").asText()).isEqualTo(MODERN);
    assertThat(asked.text())
        .isEqualTo(open(endpoint, "1999-01-01").text().replace("1999-01-01", OLDER));
    assertThat(call(endpoint).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "old", "both"})
  void theOneWithoutSessionsIsUnknownWhereItIsOff(String endpoint) {
    assertThat(call(endpoint).status()).isEqualTo(200);
    turnOff(MODERN);
    RawAnswer refused = call(endpoint);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(-32022);
    RawRequest known = RawRequest.call(endpoint, "7", "echo", "{}");
    RawAnswer unknown =
        RawCaller.ask(
            road,
            known
                .body(known.body().text().replace(MODERN, "2199-01-01"))
                .replaced("MCP-Protocol-Version", "2199-01-01"));
    assertThat(refused.text()).isEqualTo(unknown.text().replace("2199-01-01", MODERN));
    assertThat(refused.json().at("/error/data/supported/0").asText()).isEqualTo(NEWEST);
    assertThat(agreed(endpoint, NEWEST)).isEqualTo(NEWEST);
  }

  @Test
  void discoveryTellsOfNoneThatIsOff() {
    RawRequest discover = RawRequest.modern("one", "7", "server/discover", "");
    String before = RawCaller.ask(road, discover).json().at("/result/supportedVersions").toString();
    assertThat(before).contains(MODERN);
    turnOff(OLDER, NEWEST);
    String after = RawCaller.ask(road, discover).json().at("/result/supportedVersions").toString();
    assertThat(after).contains(MODERN).doesNotContain(OLDER, NEWEST);
  }

  @Test
  void sessionsOfItEndAndOthersGoOn() {
    String ending = RawCaller.session(road, "one", OLDER);
    String staying = RawCaller.session(road, "one", NEWEST);
    try (RawCaller listening = RawCaller.to(road);
        RawCaller other = RawCaller.to(road)) {
      assertThat(listening.send(RawRequest.get("one", ending)).head().status()).isEqualTo(200);
      assertThat(other.send(RawRequest.get("one", staying)).head().status()).isEqualTo(200);
      turnOff(OLDER);
      listening.end();
      assertThat(ping("one", ending)).isEqualTo(404);
      assertThat(ping("one", staying)).isEqualTo(200);
    }
  }

  private int ping(String endpoint, String session) {
    String ping = RawRequest.legacyBody("7", "ping", "{}");
    return RawCaller.ask(road, RawRequest.legacy(endpoint, session, ping)).status();
  }

  @Test
  void anUpstreamIsToldThatASessionHasEnded() {
    String ending = RawCaller.session(road, "old", NEWEST);
    assertThat(ping("old", ending)).isEqualTo(200);
    turnOff(NEWEST);
    assertThat(ping("old", ending)).isEqualTo(404);
    Eventually.holds("the upstream knows", () -> ends() == 1);
  }

  @Test
  void aSessionThatIsOpenedMeanwhileIsNotLetIn() {
    CountDownLatch gate = new CountDownLatch(1);
    old.on("initialize", Scripts.gated(gate, FakeUpstream.INITIALIZED.formatted(NEWEST)));
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(
          RawRequest.post(
              "old",
              RawRequest.legacyBody(
                  "0",
                  "initialize",
                  "{\"protocolVersion\":\""
                      + NEWEST
                      + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
      Eventually.holds("it is asked", () -> !old.seen("initialize").isEmpty());
      turnOff(NEWEST);
      gate.countDown();
      assertThat(caller.answer().code()).isEqualTo(-31502);
      assertThat(road.sessions()).isEmpty();
    }
  }

  private long ends() {
    return old.seen("DELETE").size();
  }

  @Test
  void anUpstreamThatAgreesOnOneThatIsOffIsOfNoUse() {
    turnOff(NEWEST);
    RawAnswer refused = open("old", OLDER);
    assertThat(refused.code()).as(refused.text()).isEqualTo(-31502);
    Eventually.holds("the session that it opened is ended", () -> ends() == 1);
  }

  @Test
  void isOffAtOneEndpointAlone() {
    turnOff(MODERN + "@one");
    assertThat(call("one").status()).isEqualTo(400);
    assertThat(call("old").status()).isEqualTo(200);
    off.clear();
    assertThat(call("one").status()).isEqualTo(200);
  }
}
