package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.RecordedReply;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content-type, accept | content-type, accept",
        "Content-Type,MCP-Protocol-Version | content-type, mcp-protocol-version",
        "mcp-session-id, last-event-id | mcp-session-id, last-event-id",
        "authorization, mcp-param-region | authorization, mcp-param-region",
        "x-forwarded-for, cookie, mcp-method | mcp-method",
        "mcp-, mcp-a b, xmcp-a, * | ''",
        "'' | ''"
      })
  void allowsWhatMcpClientsSendAndNothingElse(String asked, String allowed) {
    RecordedReply reply = new RecordedReply();
    Cors.preflight(FakeRequest.withFields(Map.of("access-control-request-headers", asked)), reply);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.fields())
        .containsEntry("Access-Control-Allow-Headers", allowed)
        .containsEntry("Access-Control-Allow-Methods", "GET, POST, DELETE");
  }
}
