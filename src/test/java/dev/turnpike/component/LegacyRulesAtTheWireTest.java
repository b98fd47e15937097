package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the revisions with sessions, as a caller meets them. */
class LegacyRulesAtTheWireTest extends Wire {
  private static final int INVALID_REQUEST = -32600;
  private static final String LIST = RawRequest.legacyBody("7", "tools/list", "{}");

  private String session() {
    return RawCaller.session(road, "old", "2025-11-25");
  }

  private static RawRequest list(String session) {
    return RawRequest.legacy("old", session, LIST);
  }

  @Test
  void wantsASession() {
    refused(new Row("none", RawRequest.post("old", LIST), 400, INVALID_REQUEST, "7"));
  }

  @Test
  void knowsNoSessionButTheCallersOwnOpenOneOnThatEndpoint() {
    String session = session();
    notFound("unknown", list("nobody"));
    notFound("empty", list(""));
    notFound("of another endpoint", list(session).path("/mcp/older"));
    notFound("the upstream's", list(FakeUpstream.SESSION));
    notFound("in another case", list(session.toUpperCase(Locale.ROOT)));
    refused(
        new Row("twice", list(session).with("Mcp-Session-Id", session), 400, INVALID_REQUEST, "7"));
    assertThat(RawCaller.ask(road, list(session)).status()).isEqualTo(200);
  }

  @Test
  void forgetsASessionThatWasEnded() {
    String session = session();
    RawRequest end = RawRequest.get("old", session).method("DELETE");
    assertThat(RawCaller.ask(road, end).status()).isEqualTo(204);
    assertThat(old.only("DELETE").fields().first("mcp-session-id")).isEqualTo(FakeUpstream.SESSION);
    old.forget();
    notFound("ended", list(session));
    refused(new Row("ended again", end, 404, -31404));
    refused(new Row("stream of it", RawRequest.get("old", session), 404, -31404));
  }

  @Test
  void wantsTheVersionOfTheSession() {
    String session = session();
    for (String version : new String[] {"2025-06-18", "2024-11-05", "latest", ""}) {
      refused(
          new Row(
              version,
              list(session).with("MCP-Protocol-Version", version),
              400,
              INVALID_REQUEST,
              "7"));
    }
    refused(
        new Row(
            "a modern one",
            list(session).with("MCP-Protocol-Version", "2026-07-28"),
            400,
            -32602,
            "7"));
    assertThat(
            RawCaller.ask(road, list(session).with("MCP-Protocol-Version", "2025-11-25")).status())
        .isEqualTo(200);
    assertThat(RawCaller.ask(road, list(session)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server/discover", "subscriptions/listen", "tasks/list", "no/such"})
  void saysInBandThatItDoesNotKnowAMethod(String method) {
    String body = RawRequest.legacyBody("\"x\"", method, "{}");
    refused(new Row(method, RawRequest.legacy("old", session(), body), 200, -32601, "\"x\""));
  }

  @Test
  void saysInBandThatParametersDoNotFit() {
    String session = session();
    String[] bodies = {
      RawRequest.legacyBody("1", "initialize", "{}"),
      RawRequest.legacyBody("1", "tools/call", "{}"),
      RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\",\"arguments\":3}"),
      RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\",\"task\":{}}"),
      RawRequest.legacyBody("1", "resources/read", "{\"uri\":null}"),
      RawRequest.legacyBody("1", "tools/call", "[\"echo\"]")
    };
    for (String body : bodies) {
      refused(new Row(body, RawRequest.legacy("old", session, body), 200, -32602, "1"));
    }
  }

  @Test
  void wantsAGetToAcceptEvents() {
    RawRequest get = RawRequest.get("old", session()).replaced("Accept", "application/json");
    refused(new Row("json only", get, 406, INVALID_REQUEST));
  }

  @Test
  void resumesNothingThatIsNotOfTheSession() {
    RawRequest get = RawRequest.get("old", session());
    for (String event : new String[] {"1", "nobody-1", "-1", ""}) {
      refused(new Row(event, get.with("Last-Event-ID", event), 400, INVALID_REQUEST));
    }
  }

  @Test
  void saysThatAnUpstreamHasNoStreamOfItsOwn() {
    RawAnswer answer = said(new Row("405", RawRequest.get("old", session()), 405, 0));
    assertThat(answer.fields().first("allow")).isEqualTo("POST, DELETE");
  }

  @Test
  void takesBatchesOfTheirRevisionOnly() {
    String batch = "[" + LIST + "]";
    refused(new Row("no session", RawRequest.post("old", batch), 400, INVALID_REQUEST));
    refused(new Row("later", RawRequest.legacy("old", session(), batch), 400, INVALID_REQUEST));
  }

  @Test
  void refusesBatchesWithWhatHasNoPlaceThere() {
    old.on("initialize", oldest());
    String session = RawCaller.session(road, "old", "2025-03-26");
    String initialize =
        RawRequest.legacyBody(
            "1",
            "initialize",
            "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{},\"clientInfo\":{}}");
    String[] batches = {
      "[]",
      "[1]",
      "[[]]",
      "[" + LIST + ",{}]",
      "[" + LIST + "," + initialize + "]",
      "[" + RawRequest.modernBody("1", "tools/list", "") + "]",
      "[" + (LIST + ",").repeat(100) + LIST + "]"
    };
    for (String batch : batches) {
      refused(new Row(batch, RawRequest.legacy("old", session, batch), 400, INVALID_REQUEST));
    }
    refused(new Row("cut", RawRequest.legacy("old", session, "[" + LIST), 400, -32700));
  }

  @Test
  void servesABatchAndOneOutcomeForEachPart() {
    old.on("initialize", oldest());
    String session = RawCaller.session(road, "old", "2025-03-26");
    int before = road.exchanges().all().size();
    String batch =
        "[%s,%s,%s]"
            .formatted(
                RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\"}"),
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}",
                RawRequest.legacyBody("\"b\"", "no/such", "{}"));
    RawAnswer answer = RawCaller.ask(road, RawRequest.legacy("old", session, batch));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).hasSize(2);
    assertThat(answer.text()).contains("\"id\":1,").contains("\"id\":\"b\",");
    road.settle();
    assertThat(road.exchanges().all().size() - before).isEqualTo(3);
  }

  @Test
  void endsItsSessionWhereTheUpstreamHasForgottenIt() {
    String session = session();
    old.on("tools/list", Scripts.status(404));
    said(new Row("forgotten", list(session), 404, -31404, "7"));
    old.forget();
    notFound("gone here too", list(session));
  }

  private static Script oldest() {
    return Scripts.status(
        200,
        "Mcp-Session-Id: s\r\n",
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"protocolVersion\":\"2025-03-26\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}}");
  }

  private void notFound(String what, RawRequest request) {
    refused(new Row(what, request, 404, -31404, "7"));
  }
}
