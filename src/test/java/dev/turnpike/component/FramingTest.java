package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers would cut differently. */
class FramingTest extends OwnRoad {
  @BeforeEach
  void serve() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
  }

  private static String call(String head) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"_meta\":{"
            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    return head
        + "Content-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\n"
        + "Mcp-Method: tools/call\r\nMcp-Name: echo\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String smuggled() {
    return call("POST /mcp/one HTTP/1.1\r\nHost: localhost\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xchunked", "gzip", "identity", "chunked;q=1"})
  void withAnUnknownTransferEncodingAreRefusedAndNothingBehindThemIsRead(String encoding) {
    RawCaller caller = kept(RawCaller.to(road));
    caller.send(
        "POST /mcp/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: "
            + encoding
            + "\r\n\r\n"
            + smuggled());
    assertThat(caller.head().status()).isEqualTo(501);
    caller.rest();
    assertThat(caller.closedBehind()).as("closes in good order").isTrue();
    assertThat(up.seen("tools/call")).isEmpty();
  }

  @Test
  void behindAnAnswerThatSaidGoodbyeAreNotRead() {
    RawCaller caller = kept(RawCaller.to(road));
    caller.send(
        "POST /mcp/one HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n" + smuggled());
    assertThat(caller.head().status()).isEqualTo(403);
    caller.rest();
    assertThat(caller.closedBehind()).as("closes in good order").isTrue();
    assertThat(up.seen("tools/call")).isEmpty();
  }

  @Test
  void inAbsoluteFormNameTheHostOnce() {
    RawCaller own = kept(RawCaller.to(road));
    own.send(call("POST http://localhost/mcp/one HTTP/1.1\r\nHost: localhost\r\n"));
    assertThat(own.answer().status()).isEqualTo(200);
    up.forget();
    RawCaller foreign = kept(RawCaller.to(road));
    foreign.send(call("POST http://evil.example/mcp/one HTTP/1.1\r\nHost: localhost\r\n"));
    assertThat(foreign.answer().status()).isEqualTo(403);
    assertThat(up.seen("tools/call")).isEmpty();
  }
}
