package dev.turnpike.protocol.mcp.httpsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.config.Wire;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Peer;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RecordedReply;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whose streams may be posted to. */
class LinesTest {
  private static final Caller OTHER =
      new Caller(
          Optional.of(new Workload("spiffe://mesh/ns/a/sa/other", "mesh", "a", "other")),
          Optional.empty());

  private static final Endpoint ENDPOINT =
      new Endpoint("one", Wire.MCP, List.of("up"), Optional.empty(), true, List.of());

  private final Lines lines = new Lines((_, _, _) -> true, new Random(1));
  private final Line line = lines.begin("/mcp/one", Caller.ANONYMOUS, new RecordedReply());

  private static Inbound post(String query) {
    return new Inbound("POST", "/mcp/one", query, Headers.NONE, Payload.EMPTY, Peer.UNKNOWN);
  }

  @Test
  void thoseOfTheCallerWhoOpenedThem() throws Refused {
    Inbound own = post("sessionId=" + line.id());
    assertThat(lines.posted(own, Caller.ANONYMOUS, ENDPOINT)).contains(line);
    assertThatThrownBy(() -> lines.posted(own, OTHER, ENDPOINT)).isInstanceOf(Refused.class);
    assertThat(lines.posted(post("a=b"), OTHER, ENDPOINT)).isEmpty();
    assertThat(lines.posted(post("xsessionId=1"), OTHER, ENDPOINT)).isEmpty();
  }

  @Test
  void noneThatIsOver() {
    line.leave();
    assertThatThrownBy(
            () -> lines.posted(post("sessionId=" + line.id()), Caller.ANONYMOUS, ENDPOINT))
        .isInstanceOf(Refused.class);
  }
}
