package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An upstream that may have few exchanges at once, and callers who hold on to what they have. */
class CrowdedUpstreamTest extends OwnRoad {
  private static final int PLACES = 8;
  private static final String ASKS = "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"roots/list\"}";

  @Override
  String file() {
    return super.file().replace("timeout: 5s }", "timeout: 5s, concurrency: " + PLACES + " }");
  }

  private static RawRequest able(String name, String more) {
    RawRequest plain =
        RawRequest.modern("old", "1", "tools/call", "\"name\":\"" + name + "\"" + more)
            .with("Mcp-Name", name);
    String body = plain.body().text();
    return plain.body(
        body.replace("clientCapabilities\":{}", "clientCapabilities\":{\"roots\":{}}"));
  }

  @Test
  void isNotHeldUpByCallsThatNobodyComesBackTo() {
    old.on("tools/call", Scripts.hangInStream(ASKS));
    for (int i = 0; i < PLACES / 4; i++) {
      RawAnswer asked = RawCaller.ask(road, able("echo", ""));
      assertThat(asked.json().at("/result/resultType").asText()).isEqualTo("input_required");
    }
    // no more of one caller: who is told so is not kept either
    assertThat(RawCaller.ask(road, able("echo", "")).status()).isEqualTo(429);
    Eventually.holds(
        "the upstream is told",
        () -> old.seen().stream().anyMatch(it -> it.text().contains("cancelled")));
    for (int i = 0; i < PLACES; i++) {
      RawRequest list = RawRequest.modern("old", "2", "tools/list", "");
      assertThat(RawCaller.ask(road, list).status()).isEqualTo(200);
    }
    road.gateway().drain(Duration.ofMillis(1));
  }

  @Test
  void hasAPlaceForEachStreamThatStandsOpen() {
    old.on("GET", Scripts.hangInStream());
    String listen = "\"notifications\":{\"toolsListChanged\":true}";
    for (int i = 0; i < PLACES; i++) {
      asking(RawRequest.modern("old", "" + i, "subscriptions/listen", listen)).head().data();
    }
    assertThat(RawCaller.ask(road, RawRequest.modern("old", "9", "tools/list", "")).status())
        .isEqualTo(503);
  }
}
