package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an alpha uses of budgets: of the one that all have, and of its share. */
class TaskBudgetsTest {
  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":[],"
          + "\"_meta\":{\"usage\":{\"input_tokens\":100,\"output_tokens\":200}}}}";

  private final FakeUpstream up = FakeUpstream.modern();
  private Road road = opened(8_000);

  @BeforeEach
  void answers() {
    up.on("tools/call", Scripts.json(RESULT));
  }

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
  }

  private Road opened(long limit) {
    return Road.trying(
        Road.open("m", up.url())
            + "budgets: [ { name: all, limit: %d, window: day } ]\n".formatted(limit),
        Settings.DEFAULT,
        List.of(new Tasks()),
        new Trying(Trying.within(Duration.ofSeconds(10))));
  }

  private RawAnswer stable() {
    return RawCaller.ask(road, RawRequest.call("m", "1", "echo", "{}"));
  }

  private RawAnswer experimental() {
    RawRequest call = RawRequest.call("m", "1", "echo", "{}");
    return RawCaller.ask(
        road,
        call.body(
            call.body()
                .text()
                .replace(
                    "clientCapabilities\":{}",
                    "clientCapabilities\":{\"extensions\":{\"" + Tasks.ID + "\":{}}}")));
  }

  @Test
  void turnsAwayTheAlphaAloneWhereItsShareIsSpent() {
    // 5 % of it are 400 tokens, and a call is 300
    assertThat(experimental().status()).isEqualTo(200);
    RawAnswer over = experimental();
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.text()).contains("all.experimental");
    for (int i = 0; i < 10; i++) {
      assertThat(stable().status()).as("the stable lane has the rest").isEqualTo(200);
    }
  }

  @Test
  void takesFromTheBudgetThatAllHave() {
    // a call is 300, and an alpha's first is taken for 505: its lane has learned nothing yet
    road.close();
    road = opened(1_000);
    assertThat(stable().status()).isEqualTo(200);
    // settled after the answer, and what is not settled yet holds what was estimated
    road.settle();
    assertThat(experimental().status()).isEqualTo(200);
    road.settle();
    assertThat(stable().status()).isEqualTo(200);
    road.settle();
    assertThat(stable().status()).as("900 are used").isEqualTo(429);
  }

  @Test
  void keepsWhatWasSpentOverAReload() {
    assertThat(experimental().status()).isEqualTo(200);
    road.reload(
        Road.open("m", up.url()) + "budgets: [ { name: all, limit: 8100, window: day } ]\n");
    assertThat(experimental().status()).isEqualTo(429);
  }
}
