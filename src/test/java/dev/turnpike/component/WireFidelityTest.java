package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said on one side is heard on the other, byte by byte. */
class WireFidelityTest extends Wire {
  private static final String STAMP = ",\"resultType\":\"complete\"";

  private String session = "";

  private String session() {
    if (session.isEmpty()) {
      session = RawCaller.session(road, "old", "2025-11-25");
    }
    return session;
  }

  private static String arguments(String value) {
    return "{\"v\":" + value + ",\"unknown\":null}";
  }

  private static String result(String value) {
    return "{\"jsonrpc\": \"2.0\",\"result\":{\"content\":[],\"structuredContent\":"
        + value
        + ",\"isError\":false,\"_meta\":{\"v\":"
        + value
        + "}},\"extra\":"
        + value
        + ",\"id\":$id}";
  }

  private RawRequest legacy(String value) {
    String params =
        "{ \"arguments\" :" + arguments(value) + ",\"name\":\"echo\",\"_meta\":{\"x\":1.0}}";
    return RawRequest.legacy("old", session(), RawRequest.legacyBody("7", "tools/call", params));
  }

  private static RawRequest modern(String value) {
    return RawRequest.call("one", "7", "echo", arguments(value));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void sendsTheBytesThatWereChecked(String value) {
    for (RawRequest request : List.of(modern(value), legacy(value))) {
      RawAnswer answer = RawCaller.ask(road, request);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.code()).isZero();
    }
    mustEqual(up.only("tools/call").body(), modern(value).body());
    mustEqual(old.only("tools/call").body(), legacy(value).body());
  }

  @ParameterizedTest
  @MethodSource("answered")
  void answersTheBytesOfTheUpstreamAndPutsOnWhatTheRevisionWants(String value) {
    up.on("tools/call", Scripts.json(result(value)));
    old.on("tools/call", Scripts.chunked(result(value), 100_000));
    String direct = result(value).replace("$id", "7");
    String through = RawCaller.ask(road, modern("1")).text();
    mustEqual(Payload.of(through.replace(STAMP, "")), Payload.of(direct));
    assertThat(RawAnswer.json(through).at("/result/resultType").asText()).isEqualTo("complete");
    mustEqual(RawCaller.ask(road, legacy("1")).body(), Payload.of(direct));
  }

  @ParameterizedTest
  @MethodSource("answered")
  void streamsTheBytesOfTheUpstream(String value) {
    String notice =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":"
            + value
            + "}}";
    up.on("tools/call", Scripts.events(notice, result(value)));
    old.on("tools/call", Scripts.events(notice, result(value)));
    String direct = result(value).replace("$id", "7");
    for (RawRequest request : List.of(modern("1"), legacy("1"))) {
      try (RawCaller caller = RawCaller.to(road)) {
        caller.send(request).head();
        assertThat(caller.fields().first("content-type")).isEqualTo("text/event-stream");
        mustEqual(Payload.of(caller.data()), Payload.of(notice));
        mustEqual(Payload.of(caller.data().replace(STAMP, "")), Payload.of(direct));
        caller.end();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("answered")
  void leavesWhatItKeepsOfAListAsItIs(String value) {
    String tool = "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"},\"x\":" + value + "}";
    String list =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"tools\":["
            + tool
            + "],\"v\":"
            + value
            + "}}";
    up.on("tools/list", Scripts.json(list));
    String through = RawCaller.ask(road, RawRequest.modern("one", "7", "tools/list", "")).text();
    String stamps = STAMP + ",\"ttlMs\":0,\"cacheScope\":\"private\"";
    mustEqual(Payload.of(through.replace(stamps, "")), Payload.of(list.replace("$id", "7")));
  }

  @Test
  void putsNothingOnWhereNothingIsMissing() {
    RawAnswer answer = RawCaller.ask(road, modern("1"));
    assertThat(answer.text()).isEqualTo(Scripts.RESULT.replace("$id", "7"));
    RawAnswer list = RawCaller.ask(road, RawRequest.modern("one", "7", "tools/list", ""));
    try (RawCaller direct = RawCaller.to(port(up))) {
      direct.send(RawRequest.modern("one", "7", "tools/list", "").path("/mcp"));
      assertThat(list.text()).isEqualTo(direct.answer().text());
    }
  }

  @Test
  void stampsCachingOnEveryResultThatMustHaveIt() {
    String[] methods = {
      "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list"
    };
    for (String method : methods) {
      for (String odd : new String[] {"", ",\"ttlMs\":-5,\"cacheScope\":\"everybody\""}) {
        up.on(
            method,
            Scripts.json(
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"supportedVersions\":[\"2026-07-28\"]"
                    + odd
                    + "}}"));
        RawAnswer answer = RawCaller.ask(road, RawRequest.modern("one", "7", method, ""));
        ObjectNode result = (ObjectNode) answer.json().path("result");
        assertThat(result.path("ttlMs").asInt(-1)).as(answer.text()).isZero();
        assertThat(result.path("cacheScope").asText()).isEqualTo("private");
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
      }
    }
  }

  @Test
  void passesARequestForInputAndItsStateUntouched() {
    String asks =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\","
            + "\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\",\"params\":{}}},"
            + "\"requestState\":\"\\u0041==\"}}";
    up.on("tools/call", Scripts.json(asks));
    assertThat(RawCaller.ask(road, modern("1")).text()).isEqualTo(asks.replace("$id", "7"));
  }

  @Test
  void keepsTheTypeAndTheLexemeOfAnId() {
    for (String id :
        List.of("0", "-7", "\"7\"", "12345678901234567890123", "\"\\u0041\"", "\"\"")) {
      String call = RawRequest.modernBody(id, "tools/call", "\"name\":\"echo\"");
      RawAnswer answer = RawCaller.ask(road, modern("1").body(call));
      assertThat(answer.text()).isEqualTo(Scripts.RESULT.replace("$id", id));
    }
  }

  @Test
  void knowsTheAnswerToAnIdThatIsWrittenOtherwise() {
    up.on("tools/call", Scripts.json(Scripts.RESULT.replace("$id", "\"\\u0041\"")));
    String call = RawRequest.modernBody("\"A\"", "tools/call", "\"name\":\"echo\"");
    assertThat(RawCaller.ask(road, modern("1").body(call)).status()).isEqualTo(200);
  }

  @Test
  void tellsTheUpstreamNothingOfTheCallersHead() {
    String[] fields = {
      "Authorization",
      "Proxy-Authorization",
      "Cookie",
      "X-Forwarded-For",
      "X-Forwarded-Host",
      "X-Forwarded-Client-Cert",
      "Forwarded",
      "Via",
      "X-Api-Key",
      "X-Real-Ip",
      "User-Agent",
      "Referer",
      "Traceparent",
      "Te",
      "Upgrade-Insecure-Requests"
    };
    RawRequest modern = modern("1").with("Mcp-Session-Id", "mine").with("Last-Event-ID", "mine");
    RawRequest legacy = legacy("1");
    for (String field : fields) {
      modern = modern.with(field, "mine");
      legacy = legacy.with(field, "mine");
    }
    assertThat(RawCaller.ask(road, modern).status()).isEqualTo(200);
    assertThat(RawCaller.ask(road, legacy).status()).isEqualTo(200);
    for (Seen seen : List.of(up.only("tools/call"), old.only("tools/call"))) {
      assertThat(String.join("\n", seen.fields().lines())).doesNotContain("mine");
      assertThat(seen.fields().first("host")).startsWith("127.0.0.1:");
    }
    assertThat(up.only("tools/call").fields().names())
        .containsExactlyInAnyOrder(
            "host",
            "content-type",
            "accept",
            "mcp-protocol-version",
            "mcp-method",
            "mcp-name",
            "content-length");
    assertThat(old.only("tools/call").fields().first("mcp-session-id"))
        .isEqualTo(FakeUpstream.SESSION);
  }

  @Test
  void tellsTheCallerNothingOfTheUpstreamsHead() {
    String head =
        "WWW-Authenticate: Bearer realm=\"inside\"\r\nSet-Cookie: inside=1\r\n"
            + "Mcp-Session-Id: inside\r\nServer: inside\r\nX-Powered-By: inside\r\n"
            + "Access-Control-Allow-Origin: *\r\nLocation: http://inside/\r\n";
    up.on("tools/call", Scripts.status(200, head, Scripts.RESULT));
    old.on("tools/call", Scripts.status(200, head, Scripts.RESULT));
    for (RawRequest request : List.of(modern("1"), legacy("1"))) {
      RawAnswer answer = RawCaller.ask(road, request);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(String.join("\n", answer.fields().lines())).doesNotContain("inside");
      assertThat(answer.fields().names())
          .containsExactlyInAnyOrder("content-type", "content-length");
    }
  }

  @Test
  void opensASessionOfItsOwnInFrontOfTheUpstreams() {
    assertThat(session()).isNotEqualTo(FakeUpstream.SESSION).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void usesTheSameConnectionAgain() {
    try (var fresh = FakeUpstream.modern();
        var alone =
            dev.turnpike.testkit.Road.serving(dev.turnpike.testkit.Road.open("one", fresh.url()))) {
      for (int i = 0; i < 5; i++) {
        RawCaller.ask(alone, modern("1"));
        RawCaller.ask(alone, RawRequest.modern("one", "7", "tools/list", ""));
        alone.settle();
      }
      assertThat(fresh.connections()).isEqualTo(1);
    }
  }

  private static int port(FakeUpstream upstream) {
    return URI.create(upstream.url()).getPort();
  }
}
