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
    return RawCaller.ask(road, declaring(RawRequest.call("m", "1", "echo", "{}")));
  }

  private static RawRequest declaring(RawRequest request) {
    return request.body(
        request
            .body()
            .text()
            .replace(
                "clientCapabilities\":{}",
                "clientCapabilities\":{\"extensions\":{\"" + Tasks.ID + "\":{}}}"));
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
  void countsTheResultOfATaskOnceHoweverOftenItIsFetched() {
    up.on("tools/call", Scripts.json(task("task", "working", "")));
    up.on("tasks/get", Scripts.json(task("complete", "working", "")));
    String id = experimental().json().at("/result/taskId").asText();
    for (int i = 0; i < 5; i++) {
      assertThat(left(fetched(id))).as("a poll costs nothing").contains(";r=399;");
    }
    up.on(
        "tasks/get",
        Scripts.json(
            task(
                "complete",
                "completed",
                ",\"result\":{\"content\":[],\"_meta\":{\"usage\":{\"input_tokens\":100,"
                    + "\"output_tokens\":200}}}")));
    fetched(id);
    for (int i = 0; i < 3; i++) {
      assertThat(left(fetched(id))).as("paid for once").contains(";r=99;");
    }
  }

  private static String left(RawAnswer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.fields().first("ratelimit");
  }

  private RawAnswer fetched(String id) {
    road.settle();
    RawRequest request =
        RawRequest.modern("m", "2", "tasks/get", "\"taskId\":\"" + id + "\"").with("Mcp-Name", id);
    return RawCaller.ask(road, declaring(request));
  }

  private static String task(String type, String status, String more) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"%s\",\"taskId\":\"t-1\","
            .formatted(type)
        + "\"createdAt\":\"2026-11-30T10:00:00Z\",\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\","
        + "\"ttlMs\":60000,\"status\":\"%s\"%s}}".formatted(status, more);
  }

  @Test
  void keepsWhatWasSpentOverAReload() {
    assertThat(experimental().status()).isEqualTo(200);
    road.reload(
        Road.open("m", up.url()) + "budgets: [ { name: all, limit: 8100, window: day } ]\n");
    assertThat(experimental().status()).isEqualTo(429);
  }
}
