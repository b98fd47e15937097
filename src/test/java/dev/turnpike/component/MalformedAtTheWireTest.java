package dev.turnpike.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no JSON, or JSON that two readers could read differently, goes nowhere. */
class MalformedAtTheWireTest extends Wire {
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;

  static Stream<Row> bodies() {
    String call = RawRequest.modernBody("7", "tools/call", "\"name\":\"echo\",\"arguments\":%s");
    return Stream.of(
        broken("empty", ""),
        broken("blank", "  \n"),
        broken("text", "hello"),
        broken("cut off", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\""),
        broken("trailing bytes", call.formatted("{}") + "x"),
        broken("two documents", call.formatted("{}") + call.formatted("{}")),
        broken("byte order mark", "\uFEFF" + call.formatted("{}")),
        broken("NaN", call.formatted("{\"a\":NaN}")),
        broken("Infinity", call.formatted("{\"a\":Infinity}")),
        broken("leading zero", call.formatted("{\"a\":01}")),
        broken("leading plus", call.formatted("{\"a\":+1}")),
        broken("comment", call.formatted("{\"a\":1/* */}")),
        broken("trailing comma", call.formatted("{\"a\":1,}")),
        broken("single quotes", call.formatted("{'a':1}")),
        broken("control character in a text", call.formatted("{\"a\":\"\t\"}")),
        broken("unknown escape", call.formatted("{\"a\":\"\\x41\"}")),
        broken("half a surrogate pair", call.formatted("{\"a\":\"\\ud83d\"}")),
        broken("the other half", call.formatted("{\"a\":\"\\ude00\\ud83d\"}")),
        broken("half a pair in a name", call.formatted("{\"\\ud83d\":1}")),
        broken("a name twice", call.formatted("{\"a\":1,\"a\":2}")),
        broken("a name twice by an escape", call.formatted("{\"a\":1,\"\\u0061\":2}")),
        broken(
            "method twice",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}"),
        broken(
            "method twice by an escape",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"\\u006dethod\":\"tools/call\"}"),
        broken(
            "params.name twice by an escape",
            RawRequest.modernBody(
                "7", "tools/call", "\"name\":\"echo\",\"n\\u0061me\":\"secret\"")),
        broken("nested 65 deep", call.formatted(nested(63))),
        broken("100001 members", "[" + "0,".repeat(100_000) + "0]"),
        new Row("invalid UTF-8", raw(call.formatted("{\"a\":\"\u00e9\"}")), 400, PARSE_ERROR),
        new Row(
            "overlong UTF-8", raw(call.formatted("{\"a\":\"\u00c0\u00af\"}")), 400, PARSE_ERROR),
        new Row(
            "surrogate in UTF-8",
            raw(call.formatted("{\"a\":\"\u00ed\u00a0\u0080\"}")),
            400,
            PARSE_ERROR));
  }

  static Stream<Row> messages() {
    return Stream.of(
        notRpc("a number", "1"),
        notRpc("a text", "\"ping\""),
        notRpc("null", "null"),
        notRpc("no version", "{\"id\":1,\"method\":\"ping\"}"),
        notRpc("version as a number", "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}"),
        notRpc("version 1.0", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"),
        notRpc("id null", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"),
        notRpc("id an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}"),
        notRpc("id a fraction", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}"),
        notRpc("method a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}"),
        notRpc(
            "params a text", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}"),
        notRpc("nothing in it", "{\"jsonrpc\":\"2.0\",\"id\":1}"),
        notRpc(
            "call and answer", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}"),
        notRpc("result and error", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedAsAParseErrorWithoutAnId(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedAsAParseErrorOnALegacyEndpointToo(Row row) {
    refused(
        new Row(row.what(), row.request().path("/mcp/old"), row.status(), row.code(), row.id()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isRefusedAsAnInvalidRequestWithoutAnId(Row row) {
    refused(row);
  }

  @Test
  void doesNotQuoteWhatItCouldNotRead() {
    RawAnswer answer =
        refused(broken("a secret", "{\"password\":\"hunter2\",\"password\":\"hunter3\"}"));
    assertThat(answer.text()).doesNotContain("hunter").doesNotContain("password");
  }

  @Test
  void takesWhatIsJustWithinTheLimits() {
    String deep = nested(62);
    String many = "[" + "0,".repeat(99_900) + "0]";
    for (String arguments : new String[] {deep, "{\"a\":" + many + "}"}) {
      RawAnswer answer = RawCaller.ask(road, RawRequest.call("one", "1", "echo", arguments));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.code()).isZero();
    }
    assertThat(up.seen("tools/call")).hasSize(2);
  }

  // within {"params":{"arguments": … }}, which are two levels
  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  private static Row broken(String what, String body) {
    return new Row(what, modern(Payload.of(body)), 400, PARSE_ERROR);
  }

  private static Row notRpc(String what, String body) {
    return new Row(
        what, modern(Payload.of(body)).without("MCP-Protocol-Version"), 400, INVALID_REQUEST);
  }

  private static RawRequest raw(String latin) {
    assertThat(new String(latin.getBytes(ISO_8859_1), UTF_8)).contains("\uFFFD");
    return modern(Payload.of(latin.getBytes(ISO_8859_1)));
  }

  private static RawRequest modern(Payload body) {
    return RawRequest.call("one", "7", "echo", "{}").body(body);
  }
}
