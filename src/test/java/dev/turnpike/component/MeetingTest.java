package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Upstreams that are asked before anybody knows them, and upstreams that change. */
class MeetingTest {
  private static final String LOG =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"hi\"}}";

  private static String file(String url, String more) {
    return """
    upstreams:
      m: { mcp: { url: "%s"%s } }
    endpoints:
      m: { mcp: { upstreams: [m] }, anonymous: true }
      n: { mcp: { upstreams: [m] }, anonymous: true }
    rules:
      - name: all
        allow: { endpoints: [m, n] }
    """
        .formatted(url, more);
  }

  private static RawRequest legacyCall(String session, int id) {
    return RawRequest.legacy(
        "m",
        session,
        RawRequest.legacyBody(Integer.toString(id), "tools/call", "{\"name\":\"echo\"}"));
  }

  private static RawRequest prompts() {
    return RawRequest.modern("m", "1", "prompts/list", "");
  }

  @Test
  void takesALegacyServerThatAnswersTheQuestionForItsEraInPlainText() {
    try (FakeUpstream up = FakeUpstream.legacy("2025-11-25");
        Road road = Road.serving(file(up.url(), ""))) {
      up.on("server/discover", (_, line) -> line.whole(404, "text/plain", "Not Found", ""));
      assertThat(RawCaller.session(road, "m", "2025-11-25")).isNotEmpty();
    }
  }

  @Test
  void callsAToolWhereTheListOfToolsIsAPageOfHtml() {
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ""))) {
      up.on("tools/list", (_, line) -> line.whole(200, "text/html", "<p>none</p>", ""));
      up.on("tools/call", Scripts.json(Scripts.RESULT));
      assertThat(RawCaller.ask(road, RawRequest.call("m", "1", "echo", "{}")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void isNotMisledByANotificationBeforeTheDiscovery() {
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ""))) {
      up.on("server/discover", Scripts.events(LOG, FakeUpstream.DISCOVERED));
      assertThat(RawCaller.ask(road, prompts()).status()).isEqualTo(200);
    }
  }

  @Test
  void looksAgainWhenAServerThatSeemedLegacyOpensNoSession() {
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ""))) {
      up.on("server/discover", Scripts.status(404));
      up.on("initialize", Scripts.status(404));
      assertThat(RawCaller.ask(road, prompts()).code()).isEqualTo(-31502);
      up.forget();
      assertThat(RawCaller.ask(road, prompts()).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesAtOnceWhatHasNoPlace() {
    try (FakeUpstream up = FakeUpstream.legacy("2025-11-25");
        Road road = Road.serving(file(up.url(), ", revision: legacy, concurrency: 1"))) {
      up.on("GET", Scripts.hangInStream(LOG));
      String session = RawCaller.session(road, "m", "2025-11-25");
      try (RawCaller stream = RawCaller.to(road).send(RawRequest.get("m", session))) {
        assertThat(stream.head().data()).isEqualTo(LOG);
        for (int id = 2; id < 5; id++) {
          assertThat(RawCaller.ask(road, legacyCall(session, id)).code()).isEqualTo(-31503);
        }
      }
    }
  }

  @Test
  void letsACallFinishThatWaitsWhileItsUpstreamIsConfiguredAnew() {
    CountDownLatch gate = new CountDownLatch(1);
    try (FakeUpstream up = FakeUpstream.legacy("2025-11-25");
        Road road = Road.serving(file(up.url(), ", revision: legacy"))) {
      up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
      String session = RawCaller.session(road, "m", "2025-11-25");
      try (RawCaller caller = RawCaller.to(road).send(legacyCall(session, 2))) {
        Eventually.holds("the call", () -> !up.seen("tools/call").isEmpty());
        var before = road.gateway().inForce().upstreams().named("m");
        road.reload(file(up.url(), ", revision: legacy, timeout: 59s"));
        assertThat(before.open()).as("a call that waits for its head").isEqualTo(1);
        gate.countDown();
        assertThat(caller.answer().text()).contains("served");
      }
    }
  }

  @Test
  void tellsNoServerTheSessionOfAnother() {
    try (FakeUpstream a = FakeUpstream.legacy("2025-11-25");
        FakeUpstream b = FakeUpstream.legacy("2025-11-25");
        Road road = Road.serving(file(a.url(), ", revision: legacy"))) {
      String session = RawCaller.session(road, "m", "2025-11-25");
      road.reload(file(b.url(), ", revision: legacy"));
      assertThat(RawCaller.ask(road, legacyCall(session, 2)).status()).isEqualTo(404);
      assertThat(b.seen()).isEmpty();
    }
  }

  @Test
  void hasNoStreamForAnEventThatIsYetToCome() {
    try (FakeUpstream up = FakeUpstream.legacy("2025-11-25");
        Road road = Road.serving(file(up.url(), ", revision: legacy"))) {
      up.on("tools/call", Scripts.events(Scripts.RESULT));
      String session = RawCaller.session(road, "m", "2025-11-25");
      String id;
      try (RawCaller caller = RawCaller.to(road).send(legacyCall(session, 2))) {
        id = caller.head().event().id();
      }
      String later = id.substring(0, id.lastIndexOf('-')) + "-999";
      assertThat(
              RawCaller.ask(road, RawRequest.get("m", session).with("Last-Event-ID", later))
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void takesTwoAcceptFieldsForOneList() {
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ", revision: modern"))) {
      RawRequest twice =
          prompts()
              .without("Accept")
              .with("Accept", "application/json")
              .with("Accept", "text/event-stream");
      assertThat(RawCaller.ask(road, twice).status()).isEqualTo(200);
      assertThat(RawCaller.ask(road, prompts().replaced("Accept", "application/json")).status())
          .isEqualTo(406);
    }
  }

  @Test
  void passesOnWhatAToolThatNobodyListedMirrors() {
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ", revision: modern"))) {
      up.on("tools/call", Scripts.json(Scripts.RESULT));
      RawAnswer answer =
          RawCaller.ask(
              road,
              RawRequest.call("m", "1", "unlisted", "{\"region\":\"eu\"}")
                  .with("Mcp-Param-Region", "eu"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(up.only("tools/call").fields().all("mcp-param-region")).containsExactly("eu");
    }
  }

  @Test
  void watchesNoUriInASecondSpelling() {
    String ended = "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\"}}";
    try (FakeUpstream up = FakeUpstream.modern();
        Road road = Road.serving(file(up.url(), ", revision: modern"))) {
      up.on("subscriptions/listen", Scripts.json(ended));
      RawCaller.ask(
          road,
          RawRequest.modern(
              "m",
              "9",
              "subscriptions/listen",
              "\"notifications\":{\"resourceSubscriptions\":[\"file:///a/../b\",\"file:///ok\","
                  + "\"FILE:///b\"]}"));
      assertThat(up.only("subscriptions/listen").text())
          .contains("[\"file:///ok\"]")
          .doesNotContain("FILE", "..");
    }
  }
}
