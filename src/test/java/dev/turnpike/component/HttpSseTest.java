package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.OldTransport;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers over the transport of 2024-11-05. */
class HttpSseTest {
  private static final String CALL = "{\"name\":\"echo\",\"arguments\":{\"a\":1.0}}";

  private static final String OPEN =
      RawRequest.legacyBody(
          "0",
          "initialize",
          "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}");

  private final FakeUpstream modern = FakeUpstream.modern();
  private final FakeUpstream legacy = FakeUpstream.legacy("2025-11-25");
  private final Road road =
      Road.serving(
          """
          upstreams:
            one: { mcp: { url: "%s" } }
            old: { mcp: { url: "%s" } }
          endpoints:
            one: { mcp: { upstreams: [one] }, anonymous: true }
            old: { mcp: { upstreams: [old] }, anonymous: true }
            both: { mcp: { upstreams: [one, old] }, anonymous: true }
            closed: { mcp: { upstreams: [one] } }
          rules:
            - { name: most, allow: {} }
            - { name: secret, deny: { tools: ["*secret"] } }
          """
              .formatted(modern.url(), legacy.url()),
          OldTransport.on());

  @AfterEach
  void end() {
    road.settle();
    road.close();
    modern.close();
    legacy.close();
  }

  private static String call(String id, String params) {
    return RawRequest.legacyBody(id, "tools/call", params);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "old", "both"})
  void areServedBeforeUpstreamsOfEitherEra(String endpoint) {
    try (OldTransport caller = OldTransport.open(road, endpoint)) {
      assertThat(caller.fields().first("deprecation")).isEqualTo("@1742947200");
      assertThat(caller.fields().first("sunset")).isEqualTo("Wed, 28 Jul 2027 00:00:00 GMT");
      assertThat(caller.address()).startsWith("/mcp/" + endpoint + "?sessionId=");
      assertThat(caller.initialize("2024-11-05"))
          .contains("\"protocolVersion\":\"2024-11-05\"", "\"id\":0");
      caller.post(RawRequest.legacyBody("1", "tools/list", "{}"));
      assertThat(caller.heard()).contains("echo", "\"id\":1").doesNotContain("secret");
      String tool = endpoint.equals("both") ? "old_echo" : "echo";
      RawAnswer taken = caller.post(call("2", CALL.replace("echo", tool)));
      assertThat(taken.status()).isEqualTo(202);
      assertThat(taken.text()).isEmpty();
      assertThat(taken.fields().first("deprecation")).isEqualTo("@1742947200");
      assertThat(caller.heard()).contains("served", "\"id\":2");
      caller.post(call("3", CALL.replace("echo", "secret")));
      assertThat(caller.heard()).contains("\"error\"", "Unknown tool", "\"id\":3");
    }
  }

  @Test
  void hearNewerRevisionsWhereTheyAskForThem() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      assertThat(caller.initialize("2025-06-18")).contains("\"protocolVersion\":");
      caller.post(call("2", CALL));
      assertThat(caller.heard()).contains("served");
    }
  }

  @Test
  void hearProgressAndTheResultOnTheStream() {
    legacy.on(
        "tools/call",
        Scripts.events(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":5,\"progress\":1}}",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[{\"type\":\"audio\",\"data\":\"AA==\",\"mimeType\":\"audio/wav\"},"
                + "{\"type\":\"resource_link\",\"uri\":\"a://b\",\"name\":\"b\"},{\"type\":\"text\",\"text\":\"audio\"}]}}"));
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      caller.post(
          call("2", "{\"name\":\"echo\",\"_meta\":{\"progressToken\":5},\"arguments\":{}}"));
      assertThat(caller.heard()).contains("notifications/progress");
      assertThat(caller.heard())
          .contains(
              "[{\"type\":\"text\",\"text\":\"[audio, audio/wav]\"},"
                  + "{\"type\":\"text\",\"text\":\"b: a://b\"},{\"type\":\"text\",\"text\":\"audio\"}]");
    }
  }

  @Test
  void hearThatAnAnswerBrokeOff() {
    legacy.on(
        "tools/call",
        Scripts.unendedStream("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"));
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      caller.post(call("\"a\"", CALL));
      String heard = caller.heard();
      while (!heard.contains("\"id\":\"a\"")) {
        heard = caller.heard();
      }
      assertThat(heard).contains("\"error\"");
    }
  }

  @Test
  void endTheirSessionByLeaving() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
    }
    Eventually.holds(
        "the upstream's session is ended",
        () -> legacy.seen().stream().anyMatch(seen -> seen.method().equals("DELETE")));
  }

  @Test
  void endASessionThatTheyHaveOnlyJustOpened() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.post(OPEN);
      caller.heard();
    }
    Eventually.holds(
        "the upstream's session is ended",
        () -> legacy.seen().stream().anyMatch(seen -> seen.method().equals("DELETE")));
  }

  @Test
  void cannotPostToAStreamThatIsNotThere() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      for (String elsewhere :
          new String[] {
            "/mcp/old?sessionId=0123456789abcdef0123456789abcdef",
            "/mcp/old?sessionId=",
            "/mcp/old?a=b&sessionId=" + caller.address().split("=", 2)[1],
            caller.address() + "&sessionId=1",
            caller.address().replace("/old", "/one")
          }) {
        RawAnswer answer =
            RawCaller.ask(road, RawRequest.post("old", call("2", CALL)).path(elsewhere));
        assertThat(answer.status()).as(elsewhere).isEqualTo(404);
        RawAnswer opening = RawCaller.ask(road, RawRequest.post("old", OPEN).path(elsewhere));
        assertThat(opening.status()).as(elsewhere).isEqualTo(404);
        assertThat(opening.fields().has("mcp-session-id")).isFalse();
      }
    }
  }

  @Test
  void leaveNoSessionWhereTheyLeaveWhileItIsOpened() throws InterruptedException {
    CountDownLatch left = new CountDownLatch(1);
    legacy.on(
        "initialize",
        (request, line) -> {
          line.await(left);
          Scripts.status(
                  200, "Mcp-Session-Id: late\r\n", FakeUpstream.INITIALIZED.formatted("2025-03-26"))
              .play(request, line);
        });
    for (int i = 0; i < 3; i++) {
      try (OldTransport caller = OldTransport.open(road, "old")) {
        caller.post(OPEN);
      }
    }
    Thread.sleep(200);
    left.countDown();
    Eventually.holds("they have been answered", () -> openings() >= 3);
    road.settle();
    Eventually.holds("no session is left", () -> road.sessions().isEmpty());
  }

  @Test
  void seeTheStreamEndWithItsSession() {
    legacy.on("tools/call", Scripts.status(404));
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      caller.post(call("2", CALL));
      caller.ended();
    }
  }

  @Test
  void seeTheStreamEndWhereItIsNotServedAnyMore() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      road.reload(Road.open("one", modern.url()));
      caller.ended();
    }
    Eventually.holds("no session is left", () -> road.sessions().isEmpty());
  }

  @Test
  void haveOneSessionOnAStream() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      long opened = openings();
      assertThat(caller.post(OPEN).status()).isEqualTo(202);
      assertThat(caller.heard()).contains("session on this stream already", "\"id\":0");
      caller.post(call("2", CALL));
      assertThat(caller.heard()).contains("served");
      assertThat(openings()).isEqualTo(opened);
    }
  }

  private long openings() {
    return legacy.seen().stream().filter(seen -> seen.text().contains("initialize\"")).count();
  }

  @Test
  void hearAgainWhatBelongsToNoRequestWhereThatBrokeOff() {
    legacy.on(
        "GET",
        Scripts.events("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"));
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      assertThat(caller.heard()).contains("tools/list_changed");
      assertThat(caller.heard()).contains("tools/list_changed");
    }
  }

  @Test
  void areToldByStatusWhatConcernsThePostItself() {
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      assertThat(caller.post("{\"jsonrpc\":").status()).isEqualTo(400);
      RawCaller.ask(
          road, RawRequest.post("old", call("2", CALL)).with("content-type", "text/plain"));
    }
    RawAnswer stranger =
        RawCaller.ask(road, RawRequest.get("closed", "none").without("mcp-session-id"));
    assertThat(stranger.status()).isEqualTo(401);
  }

  @Test
  void hearOfChangesOnTheSameStream() {
    legacy.on(
        "GET",
        Scripts.hangInStream(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"));
    try (OldTransport caller = OldTransport.open(road, "old")) {
      caller.initialize("2024-11-05");
      assertThat(caller.heard()).contains("tools/list_changed");
    }
  }

  @Test
  void areNotServedWhereNobodyTurnedItOn() {
    try (Road off = Road.serving(Road.open("old", legacy.url()))) {
      RawAnswer get = RawCaller.ask(off, RawRequest.get("old", "none").without("mcp-session-id"));
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.fields().has("deprecation")).isFalse();
    }
    assertThatThrownBy(() ->
            Road.serving(
                Road.open("old", legacy.url()).replace("url:", "transport: http-sse, url:")))
        .hasStackTraceContaining("upstreams.old.mcp.transport: http-sse is deprecated and off");
  }
}
