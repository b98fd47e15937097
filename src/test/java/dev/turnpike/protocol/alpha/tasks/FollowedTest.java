package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.rpc.Payload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a task is asked for. */
class FollowedTest {
  private static Told state(String status, String more) throws Refused {
    return Told.read(
        Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"taskId\":\"t\",\"status\":\""
                + status
                + "\""
                + more
                + "}}"),
        "one");
  }

  private static Duration pause(Hidden.Step step) {
    return step instanceof Hidden.Ask(Duration after, var _, var _, var _, var _)
        ? after
        : Duration.ZERO;
  }

  @Test
  void isWhatTheServerWantsWithinBounds() throws Refused {
    Followed task = new Followed("t", "one", Optional.of(Duration.ofMillis(300)));
    assertThat(task.first().after()).isEqualTo(Duration.ofMillis(300));
    assertThat(pause(task.next(state("working", ",\"pollIntervalMs\":700"))))
        .isEqualTo(Duration.ofMillis(700));
    assertThat(pause(task.next(state("working", "")))).isEqualTo(Duration.ofMillis(700));
    assertThat(pause(task.next(state("working", ",\"pollIntervalMs\":-5"))))
        .isEqualTo(Duration.ofMillis(50));
    assertThat(pause(task.next(state("working", ",\"pollIntervalMs\":99999999"))))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(new Followed("t", "one", Optional.empty()).first().after())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void comesToAnEnd() throws Refused {
    Followed task = new Followed("t", "one", Optional.of(Duration.ofSeconds(10)));
    task.first();
    Told working = state("working", "");
    for (int i = 1; i < 90; i++) {
      task.next(working);
    }
    assertThatThrownBy(() -> task.next(working)).isInstanceOf(Refused.class);
  }

  @Test
  void isNotAtAllWhereTheAnswerIsNone() throws Refused {
    Followed task = new Followed("t", "one", Optional.empty());
    task.first();
    assertThatThrownBy(() -> task.next(state("completed", ""))).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> task.next(state("failed", ",\"error\":1")))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> task.next(state("resting", ""))).isInstanceOf(Refused.class);
  }
}
