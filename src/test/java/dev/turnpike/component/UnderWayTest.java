package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A budget of calls that are under way, from their beginning to their end. */
class UnderWayTest extends OwnRoad {
  private final CountDownLatch gate = new CountDownLatch(1);

  @Override
  String file() {
    return super.file()
        + """
        budgets:
          - { name: lanes, limit: 2, unit: concurrent }
        """;
  }

  private RawCaller streaming(int id) {
    RawCaller caller = asking(modernCall(id)).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    return caller;
  }

  private RawAnswer ask() {
    return RawCaller.ask(road, modernCall(9));
  }

  @Test
  void callsCountUntilTheirStreamsEndOrTheirCallersAreGone() {
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(Scripts.progress(1));
          line.await(gate);
          line.event(Scripts.RESULT);
          line.end();
        });
    RawCaller first = streaming(1);
    RawCaller second = streaming(2);
    RawAnswer over = ask();
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.code()).isEqualTo(-31429);
    assertThat(over.fields().first("retry-after")).isEqualTo("1");
    assertThat(over.fields().first("ratelimit-policy"))
        .isEqualTo("\"lanes\";q=2;qu=\"concurrent-requests\"");
    assertThat(over.fields().first("ratelimit")).isEqualTo("\"lanes\";r=0;t=1");
    assertThat(over.json().at("/error/data/unit").asText()).isEqualTo("concurrent-requests");
    assertThat(over.json().at("/error/data/resetSeconds").asInt()).isEqualTo(1);
    assertThat(RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", "")).status())
        .isEqualTo(200);

    second.hangUp();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    Eventually.holds("one has room", () -> ask().status() == 200);
    gate.countDown();
    String meta = Scripts.RESULT.replace("$id", "1").replaceFirst("}}$", ",\"_meta\":");
    assertThat(first.data()).startsWith(meta).contains("\"limit\":2,\"remaining\":2");
    first.end();
    Eventually.holds(
        "both are free", () -> ask().fields().first("ratelimit").equals("\"lanes\";r=1;t=1"));
  }
}
