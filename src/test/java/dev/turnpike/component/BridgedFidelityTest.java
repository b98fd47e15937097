package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Between the eras all bytes are the other side's, but for those where the eras differ. */
class BridgedFidelityTest extends Wire {
  private static final String OURS =
      "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}";
  private static final String CLIENT =
      ",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"}"
          + ",\"io.modelcontextprotocol/logLevel\":\"info\"";
  private static final String SERVER =
      "\"io.modelcontextprotocol/serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}";

  private String session = "";

  @BeforeEach
  void eachHasOneEraOnly() {
    up.on("initialize", Scripts.status(400));
    if (session.isEmpty()) {
      session = RawCaller.session(road, "one", "2025-11-25");
    }
  }

  private static String params(String value, String more) {
    return "\"arguments\" :{\"v\":"
        + value
        + ",\"unknown\":null},\"name\":\"echo\",\"_meta\":{\"com.example/v\": "
        + value
        + more
        + "}";
  }

  private static RawRequest modern(String value) {
    return RawRequest.call("old", "7", "echo", "{}")
        .body(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{"
                + params(value, "," + OURS)
                + "}}");
  }

  private RawRequest legacy(String value) {
    return RawRequest.legacy(
        "one", session, RawRequest.legacyBody("7", "tools/call", "{" + params(value, "") + "}"));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void takesOutOfARequestWhatOnlyTheModernEraHas(String value) {
    assertThat(RawCaller.ask(road, modern(value)).status()).isEqualTo(200);
    Seen seen = old.only("tools/call");
    mustEqual(
        seen.body(),
        Payload.of(RawRequest.legacyBody(seen.id(), "tools/call", "{" + params(value, "") + "}")));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void putsIntoARequestWhatOnlyTheModernEraHas(String value) {
    assertThat(RawCaller.ask(road, legacy(value)).status()).isEqualTo(200);
    mustEqual(
        up.only("tools/call").body(),
        Payload.of(
            RawRequest.legacyBody(
                "7", "tools/call", "{" + params(value, "," + OURS + CLIENT) + "}")));
  }

  private static String result(String structured, String value, String kind, String meta) {
    return "{\"jsonrpc\": \"2.0\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"t\",\"x\":"
        + value
        + "}],\"structuredContent\":"
        + structured
        + ",\"_meta\":{\"v\":"
        + value
        + meta
        + "}"
        + kind
        + "},\"extra\":"
        + value
        + ",\"id\":$id}";
  }

  @ParameterizedTest
  @MethodSource("answered")
  void takesOutOfAResultWhatOnlyTheModernEraHas(String value) {
    String said = result(value, value, ",\"resultType\":\"complete\"", "");
    up.on("tools/call", Scripts.json(said));
    // a legacy client takes objects only
    String object = value.startsWith("{") ? value : "{\"result\":" + value + "}";
    mustEqual(
        RawCaller.ask(road, legacy("1")).body(),
        Payload.of(result(object, value, "", "").replace("$id", "7")));
  }

  @ParameterizedTest
  @MethodSource("answered")
  void putsIntoAResultWhatOnlyTheModernEraHas(String value) {
    String notice =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":"
            + value
            + "}}";
    old.on("tools/call", Scripts.events(notice, result(value, value, "", "")));
    String wanted =
        result(value, value, ",\"resultType\":\"complete\"", "," + SERVER).replace("$id", "7");
    try (RawCaller caller = RawCaller.to(road)) {
      String body = modern("1").body().text();
      caller
          .send(
              modern("1")
                  .body(
                      body.replace(OURS, OURS + ",\"io.modelcontextprotocol/logLevel\":\"debug\"")))
          .head();
      mustEqual(Payload.of(caller.data()), Payload.of(notice));
      mustEqual(Payload.of(caller.data()), Payload.of(wanted));
      caller.end();
    }
  }

  @ParameterizedTest
  @MethodSource("answered")
  void leavesWhatItKeepsOfAListAsItIs(String value) {
    String list =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"tools\":[{\"name\":\"t\",\"x\":"
            + value
            + ",\"inputSchema\":{\"type\":\"object\"}}],\"v\":"
            + value
            + "%s}}";
    up.on(
        "tools/list",
        Scripts.json(
            list.replace(
                "%s", ",\"resultType\":\"complete\",\"ttlMs\":1,\"cacheScope\":\"public\"")));
    old.on("tools/list", Scripts.json(list.replace("%s", "")));
    RawRequest listing =
        RawRequest.legacy("one", session, RawRequest.legacyBody("7", "tools/list", "{}"));
    mustEqual(
        RawCaller.ask(road, listing).body(),
        Payload.of(list.replace("$id", "7").replace("%s", "")));
    String stamps =
        ",\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"_meta\":{"
            + SERVER
            + "}";
    mustEqual(
        RawCaller.ask(road, RawRequest.modern("old", "7", "tools/list", "")).body(),
        Payload.of(list.replace("$id", "7").replace("%s", stamps)));
  }

  @Test
  void leavesNothingOfTheModernEraInWhatIsSaidOfARequest() {
    String meta =
        OURS + ",\"io.modelcontextprotocol/x\":{\"a\":1},\"com.example/y\":2,\"traceparent\":\"t\"";
    RawRequest request =
        modern("1")
            .body(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"_meta\":{"
                    + meta
                    + "}}}");
    assertThat(RawCaller.ask(road, request).status()).isEqualTo(200);
    assertThat(old.only("tools/call").text())
        .endsWith("\"_meta\":{\"com.example/y\":2,\"traceparent\":\"t\"}}}");
  }

  @Test
  void keepsTheTypeAndTheLexemeOfAnId() {
    for (String id : List.of("0", "-7", "\"7\"", "12345678901234567890123", "\"\\u0041\"")) {
      RawAnswer up =
          RawCaller.ask(
              road,
              RawRequest.legacy(
                  "one", session, RawRequest.legacyBody(id, "tools/call", "{\"name\":\"echo\"}")));
      assertThat(up.text()).contains("\"id\":" + id + ",");
      RawAnswer down =
          RawCaller.ask(
              road,
              RawRequest.call("old", "7", "echo", "{}")
                  .body(RawRequest.modernBody(id, "tools/call", "\"name\":\"echo\"")));
      assertThat(down.text()).contains("\"id\":" + id + ",");
    }
  }
}
