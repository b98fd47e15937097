package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.assembly.Settings;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers with sessions, whose calls become tasks behind them. */
class HiddenTasksTest {
  private static final String DONE =
      state("completed", ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}");
  private static final String ASKING =
      state(
          "input_required",
          ",\"inputRequests\":{\"q\":{\"method\":\"elicitation/create\",\"params\":{"
              + "\"message\":\"which?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}}");

  private final Trying flags = new Trying(Trying.within(Duration.ofSeconds(3)));
  private final FakeUpstream up = FakeUpstream.modern().on("tools/call", Scripts.json(begun()));
  private final FakeUpstream other = FakeUpstream.modern();
  private final Road road =
      Road.trying(
          """
          upstreams:
            one: { mcp: { url: "%s" } }
            two: { mcp: { url: "%s" } }
          endpoints:
            one: { mcp: { upstreams: [one] }, anonymous: true }
            both: { mcp: { upstreams: [one, two] }, anonymous: true }
          rules: [ { name: all, allow: { endpoints: [one, both] } } ]
          """
              .formatted(up.url(), other.url()),
          Settings.DEFAULT,
          List.of(new Tasks()),
          flags);

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
    other.close();
  }

  private static String begun() {
    return state("working", "").replace("\"complete\"", "\"task\"");
  }

  private static String state(String status, String more) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"taskId\":\"t-1\","
        + "\"createdAt\":\"2026-11-30T10:00:00Z\",\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\","
        + "\"ttlMs\":60000,\"pollIntervalMs\":50,\"status\":\""
        + status
        + "\""
        + more
        + "}}";
  }

  private String opened(String endpoint, String capabilities) {
    RawAnswer answer =
        RawCaller.ask(road, RawRequest.initialize(endpoint, "2025-11-25", capabilities));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/result/capabilities/tasks").isMissingNode()).isTrue();
    return answer.fields().first("mcp-session-id");
  }

  private String opened() {
    return opened("one", "{\"tasks\":{},\"elicitation\":{}}");
  }

  private static RawRequest call(String endpoint, String session, String tool) {
    return RawRequest.legacy(
        endpoint,
        session,
        RawRequest.legacyBody(
            "7", "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{\"text\":\"a\"}}"));
  }

  private JsonNode answered(String endpoint, String session, String tool) {
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(call(endpoint, session, tool)).head();
      return RawAnswer.json(caller.data());
    }
  }

  private static JsonNode body(Seen seen) {
    return RawAnswer.json(seen.body().text());
  }

  @Test
  void waitForTheTaskAsForAnyCall() {
    up.on("tasks/get", Scripts.inTurn(Scripts.json(state("working", "")), Scripts.json(DONE)));
    JsonNode answer = answered("one", opened(), "echo");
    assertThat(answer.at("/id").asInt()).isEqualTo(7);
    assertThat(answer.at("/result/content/0/text").asText()).isEqualTo("done");
    assertThat(answer.at("/result/taskId").isMissingNode()).isTrue();
    assertThat(
            body(up.only("tools/call"))
                .at(
                    "/params/_meta/io.modelcontextprotocol~1clientCapabilities/extensions/"
                        + "io.modelcontextprotocol~1tasks")
                .isObject())
        .isTrue();
    assertThat(up.seen("tasks/get"))
        .hasSize(2)
        .allSatisfy(poll -> {
          assertThat(poll.fields().first("mcp-name")).isEqualTo("t-1");
          assertThat(poll.fields().first("mcp-method")).isEqualTo("tasks/get");
          assertThat(body(poll).at("/params/taskId").asText()).isEqualTo("t-1");
          assertThat(body(poll).at("/params/_meta").has("io.modelcontextprotocol/protocolVersion"))
              .isTrue();
        });
    assertThat(up.seen("tasks/cancel")).isEmpty();
  }

  @Test
  void getAnErrorWhereTheTaskFailed() {
    up.on(
        "tasks/get",
        Scripts.json(state("failed", ",\"error\":{\"code\":-32050,\"message\":\"no luck\"}")));
    JsonNode answer = answered("one", opened(), "echo");
    assertThat(answer.at("/error/code").asInt()).isEqualTo(-32050);
    assertThat(answer.at("/error/message").asText()).isEqualTo("no luck");
    up.on("tasks/get", Scripts.json(state("cancelled", "")));
    assertThat(answered("one", opened(), "echo").at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(up.seen("tasks/cancel")).as("both were over").isEmpty();
  }

  @Test
  void areAskedOnceForWhatTheTaskNeeds() {
    up.on(
        "tasks/get",
        Scripts.inTurn(Scripts.json(ASKING), Scripts.json(ASKING), Scripts.json(DONE)));
    up.on("tasks/update", Scripts.json(state("working", "")));
    String session = opened();
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(call("one", session, "echo")).head();
      JsonNode question = RawAnswer.json(caller.data());
      assertThat(question.at("/method").asText()).isEqualTo("elicitation/create");
      assertThat(question.at("/params/message").asText()).isEqualTo("which?");
      RawAnswer taken =
          RawCaller.ask(
              road,
              RawRequest.legacy(
                  "one",
                  session,
                  "{\"jsonrpc\":\"2.0\",\"id\":"
                      + question.at("/id")
                      + ",\"result\":{\"action\":\"accept\",\"content\":{\"a\":1}}}"));
      assertThat(taken.status()).isEqualTo(202);
      assertThat(RawAnswer.json(caller.data()).at("/result/content/0/text").asText())
          .isEqualTo("done");
    }
    JsonNode update = body(up.only("tasks/update"));
    assertThat(update.at("/params/taskId").asText()).isEqualTo("t-1");
    assertThat(update.at("/params/inputResponses/q/content/a").asInt()).isEqualTo(1);
  }

  @Test
  void failWhereTheyCannotGiveWhatTheTaskNeedsAndTheTaskIsCancelled() {
    up.on("tasks/get", Scripts.json(ASKING));
    up.on("tasks/cancel", Scripts.json(state("cancelled", "")));
    JsonNode answer = answered("one", opened("one", "{\"tasks\":{}}"), "echo");
    assertThat(answer.at("/result/isError").asBoolean()).isTrue();
    assertThat(answer.at("/result/content/0/text").asText()).contains("elicitation/create");
    Eventually.holds("it is cancelled", () -> up.seen("tasks/cancel").size() == 1);
    assertThat(body(up.only("tasks/cancel")).at("/params/taskId").asText()).isEqualTo("t-1");
  }

  @Test
  void cancelTheTaskWithTheCall() {
    up.on("tasks/get", Scripts.json(state("working", "")));
    up.on("tasks/cancel", Scripts.json(state("cancelled", "")));
    String session = opened();
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(call("one", session, "echo")).head();
      assertThat(caller.anyEvent().id()).as("to come back with").isNotEmpty();
      Eventually.holds("it is followed", () -> !up.seen("tasks/get").isEmpty());
      RawAnswer taken =
          RawCaller.ask(
              road,
              RawRequest.legacy(
                  "one",
                  session,
                  "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                      + "{\"requestId\":7}}"));
      assertThat(taken.status()).isEqualTo(202);
      caller.end();
    }
    Eventually.holds("it is cancelled", () -> up.seen("tasks/cancel").size() == 1);
  }

  @Test
  void comeBackForWhatTakesLongerThanTheLaneLetsThemWait() {
    up.on("tasks/get", Scripts.json(state("working", "")));
    String session = opened();
    String primed;
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(call("one", session, "echo")).head();
      primed = caller.anyEvent().id();
      assertThat(caller.cutOff()).isTrue();
    }
    up.on("tasks/get", Scripts.json(DONE));
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(RawRequest.get("one", session).with("Last-Event-ID", primed)).head();
      assertThat(RawAnswer.json(caller.data()).at("/result/content/0/text").asText())
          .isEqualTo("done");
    }
    assertThat(flags.failures()).as("nobody's fault").isEmpty();
  }

  @Test
  void leaveTheirPlacesToThoseWhoseCallsAreUnderWay() {
    up.on("tasks/get", Scripts.json(state("working", "")));
    String session = opened();
    List<RawCaller> waiting = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waiting.add(RawCaller.to(road).send(call("one", session, "echo")).head());
      assertThat(waiting.getLast().status()).isEqualTo(200);
    }
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    assertThat(RawCaller.ask(road, call("one", session, "echo")).json().has("result")).isTrue();
    assertThat(waiting).allMatch(RawCaller::cutOff);
    waiting.forEach(RawCaller::close);
    Eventually.holds("no place is taken", () -> road.trials().lanes().getFirst().open() == 0);
    assertThat(flags.why()).as("they waited, and the alpha was well").isEmpty();
  }

  @Test
  void leaveNothingBehindWhenTheFlagIsOff() {
    up.on("tasks/get", Scripts.json(state("working", "")));
    up.on("tasks/cancel", Scripts.json(state("cancelled", "")));
    String session = opened();
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(call("one", session, "echo")).head();
      Eventually.holds("it is followed", () -> !up.seen("tasks/get").isEmpty());
      flags.onFor("labs");
      road.trials().flagsChanged();
      Eventually.holds("its task is cancelled", () -> up.seen("tasks/cancel").size() == 1);
      Eventually.holds("its stream is over", () -> road.gateway().door().exchanges() == 0);
    }
    flags.onFor("none");
    road.trials().flagsChanged();
    assertThat(RawCaller.ask(road, call("one", session, "echo")).status())
        .as("on again, it is another's beginning")
        .isEqualTo(404);
    assertThat(flags.failures()).isEmpty();
  }

  @Test
  void areNotToldOfAnotherTask() {
    up.on("tasks/get", Scripts.json(DONE.replace("t-1", "t-2")));
    up.on("tasks/cancel", Scripts.json(state("cancelled", "")));
    JsonNode answer = answered("one", opened(), "echo");
    assertThat(answer.has("error")).isTrue();
    assertThat(answer.toString()).doesNotContain("done");
  }

  @Test
  void haveTheSameBehindSeveralUpstreams() {
    up.on("tasks/get", Scripts.json(DONE));
    String session = opened("both", "{\"tasks\":{}}");
    JsonNode answer = answered("both", session, "one_echo");
    assertThat(answer.at("/result/content/0/text").asText()).isEqualTo("done");
  }

  @Test
  void haveAStreamOfTheSessionWhoseEndIsNobodysFault() {
    String session = opened();
    assertThat(session).startsWith("mcp-tasks.");
    for (int i = 0; i < 12; i++) {
      try (RawCaller caller = RawCaller.to(road)) {
        caller.send(RawRequest.get("one", session)).head();
        assertThat(caller.status()).isEqualTo(200);
        if (i == 0) {
          assertThat(caller.cutOff()).as("by the lane's time").isTrue();
        }
      }
    }
    assertThat(flags.why()).isEmpty();
  }

  @Test
  void findTheirSessionGoneWhenTheFlagIsOff() {
    up.on("tasks/get", Scripts.json(DONE));
    String session = opened();
    flags.onFor("labs");
    RawAnswer gone = RawCaller.ask(road, call("one", session, "echo"));
    assertThat(gone.status()).isEqualTo(404);
    assertThat(opened()).as("the stable lane's").doesNotStartWith("mcp-tasks.");
  }

  @Test
  void areServedAsEverWhereTheyKnowNoTasks() {
    String session = opened("one", "{\"elicitation\":{}}");
    assertThat(session).doesNotStartWith("mcp-tasks.");
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    RawAnswer answer = RawCaller.ask(road, call("one", session, "echo"));
    assertThat(answer.json().has("result")).isTrue();
    assertThat(body(up.only("tools/call")).toString()).doesNotContain("extensions");
  }
}
