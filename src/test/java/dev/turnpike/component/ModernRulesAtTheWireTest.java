package dev.turnpike.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of 2026-07-28, as a caller meets them. */
class ModernRulesAtTheWireTest extends Wire {
  private static final int MISMATCH = -32020;
  private static final int UNSUPPORTED = -32022;
  private static final int INVALID_PARAMS = -32602;
  private static final String ID = "\"seven\"";

  private static RawRequest call() {
    return RawRequest.call("one", ID, "echo", "{}");
  }

  private static RawRequest region(String arguments) {
    return RawRequest.call("one", ID, "region", arguments);
  }

  private static String base64(String text) {
    return "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }

  static Stream<Row> mirrored() {
    RawRequest read = RawRequest.modern("one", ID, "resources/read", "\"uri\":\"file:///a\"");
    RawRequest prompt = RawRequest.modern("one", ID, "prompts/get", "\"name\":\"p\"");
    return Stream.of(
        bent("no version", call().without("MCP-Protocol-Version")),
        bent("another version", call().replaced("MCP-Protocol-Version", "2025-11-25")),
        bent("the version twice", call().with("MCP-Protocol-Version", "2026-07-28")),
        bent("no method", call().without("Mcp-Method")),
        bent("another method", call().replaced("Mcp-Method", "tools/list")),
        bent("the method in another case", call().replaced("Mcp-Method", "Tools/Call")),
        bent("the method twice", call().with("Mcp-Method", "tools/call")),
        bent("the method encoded", call().replaced("Mcp-Method", base64("tools/call"))),
        bent("no name", call().without("Mcp-Name")),
        bent("another name", call().replaced("Mcp-Name", "secret")),
        bent("the name in another case", call().replaced("Mcp-Name", "Echo")),
        bent("the name twice", call().with("Mcp-Name", "echo")),
        bent("two names", call().with("Mcp-Name", "secret")),
        bent("an empty name", call().replaced("Mcp-Name", "")),
        bent("another name encoded", call().replaced("Mcp-Name", base64("secret"))),
        bent("a broken encoding", call().replaced("Mcp-Name", "=?base64?ZWN*bw==?=")),
        bent("an encoding without padding", call().replaced("Mcp-Name", "=?base64?ZWNobw?=")),
        bent("an encoding with spare bits", call().replaced("Mcp-Name", "=?base64?ZWNobx==?=")),
        bent("a marker in capitals", call().replaced("Mcp-Name", "=?BASE64?ZWNobw==?=")),
        bent("no URI", read),
        bent("another URI", read.with("Mcp-Name", "file:///b")),
        bent("no prompt", prompt),
        bent("another prompt", prompt.with("Mcp-Name", "q")));
  }

  static Stream<Row> arguments() {
    String all = "{\"region\":\"eu\",\"count\":42,\"dry\":true}";
    RawRequest good =
        region(all)
            .with("Mcp-Param-Region", "eu")
            .with("Mcp-Param-Count", "42")
            .with("Mcp-Param-Dry-Run", "true");
    return Stream.of(
        bent("none of them", region(all)),
        bent("one missing", good.without("Mcp-Param-Count")),
        bent("another text", good.replaced("Mcp-Param-Region", "us")),
        bent("another case", good.replaced("Mcp-Param-Region", "EU")),
        bent("another number", good.replaced("Mcp-Param-Count", "43")),
        bent("no number", good.replaced("Mcp-Param-Count", "many")),
        bent("another truth", good.replaced("Mcp-Param-Dry-Run", "false")),
        bent("a truth in capitals", good.replaced("Mcp-Param-Dry-Run", "True")),
        bent("one twice", good.with("Mcp-Param-Region", "eu")),
        bent("a broken encoding", good.replaced("Mcp-Param-Region", "=?base64?!?=")),
        bent(
            "a field for an argument that is null",
            region("{\"region\":null}").with("Mcp-Param-Region", "eu")),
        bent(
            "a field for an argument that is not there",
            region("{}").with("Mcp-Param-Region", "")));
  }

  static Stream<Row> envelopes() {
    return Stream.of(
        envelope("no _meta", "{}"),
        envelope("an empty _meta", "{\"_meta\":{}}"),
        envelope("no version", meta("\"io.modelcontextprotocol/clientCapabilities\":{}")),
        envelope(
            "a version that is no text",
            meta(
                "\"io.modelcontextprotocol/protocolVersion\":20260728,"
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}")),
        envelope(
            "no capabilities", meta("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")),
        envelope(
            "capabilities that are no object",
            meta(
                "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":[]")));
  }

  @ParameterizedTest
  @MethodSource("mirrored")
  void refusesAHeadThatDoesNotSayWhatTheBodySays(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void refusesMirroredArgumentsThatAreNotTheBodys(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void refusesARequestWithoutWhatEachMustCarry(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-01-01", "2025-11-25", "2026-07-29", "zzz", ""})
  void namesTheVersionsThatItSpeaksWhereItDoesNotSpeakTheOneAskedFor(String version) {
    RawRequest request = call().replaced("MCP-Protocol-Version", version);
    RawAnswer answer =
        refused(
            new Row(
                version,
                request.body(request.body().text().replace("2026-07-28", version)),
                400,
                UNSUPPORTED,
                ID));
    JsonNode data = answer.json().path("error").path("data");
    assertThat(data.path("requested").asText()).isEqualTo(version);
    assertThat(data.path("supported").toString()).isEqualTo("[\"2026-07-28\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "tasks/get",
        "tasks/list",
        "sampling/createMessage",
        "Tools/Call",
        "no/such"
      })
  void doesNotKnowMethodsThatTheRevisionDoesNotHave(String method) {
    refused(new Row(method, RawRequest.modern("one", ID, method, ""), 404, -32601, ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "12345678901234567890123",
        "\"\"",
        "\"1\"",
        "\"\\u00e9\\\"\"",
        "\"ж\"",
        "9007199254740993"
      })
  void echoesAnIdAsItWasWritten(String id) {
    refused(new Row(id, RawRequest.modern("one", id, "no/such", ""), 404, -32601, id));
  }

  @Test
  void isNotInitializedInAModernVersion() {
    String body = RawRequest.legacyBody(ID, "initialize", "{\"protocolVersion\":\"2026-07-28\"}");
    refused(new Row("initialize", call().body(body), 400, MISMATCH, ID));
  }

  @Test
  void takesNoBatches() {
    String one = RawRequest.modernBody("1", "tools/list", "");
    refused(new Row("batch", call().body("[" + one + "]"), 400, -32600));
    refused(new Row("empty batch", call().body("[]"), 400, -32600));
  }

  @Test
  void takesNoAnswersFromCallers() {
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{%s}}";
    refused(new Row("result", call().body(answer.formatted("")), 400, INVALID_PARAMS));
  }

  @Test
  void saysInBandThatParametersDoNotFit() {
    refused(
        new Row(
            "no name",
            RawRequest.modern("one", ID, "tools/call", "\"arguments\":{}"),
            200,
            INVALID_PARAMS,
            ID));
    refused(
        new Row(
            "a name that is a number",
            RawRequest.modern("one", ID, "tools/call", "\"name\":1"),
            200,
            INVALID_PARAMS,
            ID));
    refused(
        new Row(
            "arguments that are a list",
            RawRequest.call("one", ID, "echo", "[]"),
            200,
            INVALID_PARAMS,
            ID));
    refused(
        new Row(
            "a completion of nothing",
            RawRequest.modern("one", ID, "completion/complete", "\"ref\":{\"type\":\"ref/x\"}"),
            200,
            INVALID_PARAMS,
            ID));
  }

  @Test
  void acknowledgesANotificationAndRefusesABentOneWithoutAnId() {
    String body = RawRequest.modernBody("1", "notifications/x", "").replace("\"id\":1,", "");
    RawRequest notice =
        call().without("Mcp-Name").replaced("Mcp-Method", "notifications/x").body(body);
    RawAnswer taken = RawCaller.ask(road, notice);
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.body().size()).isZero();
    refused(new Row("bent", notice.replaced("Mcp-Method", "tools/call"), 400, MISMATCH));
  }

  @Test
  void takesAnEncodedNameAndMakesItsOwnForTheUpstream() {
    String name = "зайти";
    String body = RawRequest.modernBody(ID, "tools/call", "\"name\":\"" + name + "\"");
    RawAnswer answer = RawCaller.ask(road, call().replaced("Mcp-Name", base64(name)).body(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(up.only("tools/call").fields().all("mcp-name")).containsExactly(base64(name));
  }

  @Test
  void comparesANameThatIsWrittenWithEscapesByWhatItSays() {
    String body = RawRequest.modernBody(ID, "tools/call", "\"name\":\"\\u0065cho\"");
    assertThat(RawCaller.ask(road, call().body(body)).status()).isEqualTo(200);
    Seen seen = up.only("tools/call");
    assertThat(seen.text()).isEqualTo(body);
    assertThat(seen.fields().all("mcp-name")).containsExactly("echo");
  }

  @Test
  void mirrorsArgumentsForTheUpstreamFromTheBody() {
    RawAnswer answer =
        RawCaller.ask(
            road,
            region("{\"region\":\" eu\",\"count\":42.0,\"dry\":false,\"more\":1}")
                .with("mcp-param-region", base64(" eu"))
                .with("MCP-PARAM-COUNT", "42")
                .with("Mcp-Param-Dry-Run", "false")
                .with("Mcp-Param-Stray", "x"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Seen seen = up.only("tools/call");
    assertThat(seen.fields().all("mcp-param-region")).containsExactly(base64(" eu"));
    assertThat(seen.fields().all("mcp-param-dry-run")).containsExactly("false");
    assertThat(seen.fields().all("mcp-param-count")).hasSize(1);
    assertThat(seen.fields().all("mcp-protocol-version")).isEqualTo(List.of("2026-07-28"));
    assertThat(seen.fields().all("mcp-method")).isEqualTo(List.of("tools/call"));
  }

  @Test
  void showsNoToolWhoseMirroredArgumentsAreWronglyDeclared() {
    String good = "{\"name\":\"good\",\"inputSchema\":{\"type\":\"object\"}}";
    String bad =
        "{\"name\":\"bad\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}}";
    String list =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"tools\":[%s],"
            + "\"ttlMs\":5,\"cacheScope\":\"private\"}}";
    up.on("tools/list", Scripts.json(list.formatted(bad + "," + good)));
    assertThat(RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", "")).text())
        .isEqualTo(list.formatted(good).replace("$id", "1"));
    old.on("tools/list", Scripts.json(list.formatted(bad + "," + good)));
    String session = RawCaller.session(road, "old", "2025-11-25");
    String body = RawRequest.legacyBody("1", "tools/list", "{}");
    assertThat(RawCaller.ask(road, RawRequest.legacy("old", session, body)).text())
        .as("both sides legacy")
        .isEqualTo(list.formatted(bad + "," + good).replace("$id", "1"));
  }

  @Test
  void ignoresTheSessionHeadersOfTheOtherEra() {
    RawAnswer answer =
        RawCaller.ask(
            road,
            call()
                .with("Mcp-Session-Id", "a")
                .with("Mcp-Session-Id", "b")
                .with("Last-Event-ID", "c"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.fields().has("mcp-session-id")).isFalse();
    assertThat(up.only("tools/call").fields().has("mcp-session-id")).isFalse();
    assertThat(up.only("tools/call").fields().has("last-event-id")).isFalse();
  }

  private static Row bent(String what, RawRequest request) {
    return new Row(what, request, 400, MISMATCH, ID);
  }

  private static String meta(String members) {
    return "{\"_meta\":{" + members + "}}";
  }

  private static Row envelope(String what, String params) {
    return new Row(
        what,
        RawRequest.modern("one", ID, "tools/list", "")
            .body(RawRequest.legacyBody(ID, "tools/list", params)),
        400,
        INVALID_PARAMS,
        ID);
  }
}
