package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A2A 1.0 over JSON-RPC, before an agent that does what it is told. */
class AgentsAtTheWireTest extends AgentWire {
  private static final String EVENT =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"statusUpdate":{"taskId":"%s","contextId":"c1",\
      "status":{"state":"TASK_STATE_WORKING"}}}}\
      """;

  private static final String ONE = EVENT.formatted("t1");

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"seven\"", "null", "-1", "\"7\""})
  void answersUnderTheIdThatWasAsked(String id) {
    RawAnswer answer = ask(request("open", id, "SendMessage", HELLO));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"id\":" + id + ",").contains("TASK_STATE_COMPLETED");
    RawAnswer refused = ask(request("open", id, "Nothing", "{}"));
    assertThat(refused.code()).isEqualTo(-32601);
    assertThat(refused.text()).contains("\"id\":" + id + ",");
  }

  @Test
  void tellsTheAgentNothingOfTheCaller() {
    RawAnswer answer =
        ask(
            request("open", "7", "SendMessage", HELLO)
                .path("/a2a/open/?A2A-Version=1.0&key=secret")
                .with("Cookie", "secret")
                .with("X-Forwarded-For", "secret")
                .with("A2A-Extensions", "https://secret.example"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Seen seen = agent.only("SendMessage");
    assertThat(seen.path()).isEqualTo("/rpc");
    assertThat(seen.fields().all("a2a-version")).containsExactly("1.0");
    assertThat(String.join("\n", seen.fields().lines()) + seen.text()).doesNotContain("secret");
  }

  @Test
  void passesEventsOnOneByOne() {
    agent.on("SendStreamingMessage", Scripts.events(ONE, ONE));
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "\"s\"", "SendStreamingMessage", HELLO))) {
      caller.head();
      assertThat(caller.fields().first("content-type")).startsWith("text/event-stream");
      assertThat(caller.data()).contains("\"id\":\"s\"", "TASK_STATE_WORKING");
      assertThat(caller.data()).contains("\"id\":\"s\"", "TASK_STATE_WORKING");
      caller.end();
    }
  }

  @Test
  void leavesAStreamThatTheCallerLeaves() {
    agent.on("SendStreamingMessage", Scripts.hangInStream(ONE));
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "7", "SendStreamingMessage", HELLO))) {
      assertThat(caller.head().data()).contains("TASK_STATE_WORKING");
      caller.hangUp();
    }
    // the agent's script fails where nobody closes the connection
    road.settle();
    assertThat(agent.seen("CancelTask")).isEmpty();
  }

  @Test
  void endsAStreamThatDiesWithAnError() {
    agent.on("SendStreamingMessage", Scripts.unendedStream(ONE));
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "7", "SendStreamingMessage", HELLO))) {
      assertThat(caller.head().data()).contains("TASK_STATE_WORKING");
      JsonNode last = RawAnswer.json(caller.data());
      assertThat(last.path("error").path("data").get(0).path("domain").asText())
          .isEqualTo("turnpike");
      caller.end();
    }
  }

  @Test
  void endsAStreamThatGoesOnAboutTheTaskOfSomebodyElse() {
    agent.on("SendStreamingMessage", Scripts.events(ONE, EVENT.formatted("stolen")));
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "7", "SendStreamingMessage", HELLO))) {
      assertThat(caller.head().data()).contains("TASK_STATE_WORKING");
      String last = caller.data();
      assertThat(last).contains("-32006").doesNotContain("stolen");
      caller.end();
    }
  }

  @Test
  void passesOnNoEventThatIsTooLarge() {
    String large = "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":\"" + "x".repeat(20 << 20) + "\"}";
    agent.on("SendStreamingMessage", Scripts.events(ONE, large));
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "7", "SendStreamingMessage", HELLO))) {
      assertThat(caller.head().data()).contains("TASK_STATE_WORKING");
      assertThat(caller.data()).contains("\"error\"").hasSizeLessThan(1000);
      caller.end();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>busy</p>",
        "{",
        "[]",
        "{\"jsonrpc\":\"2.0\",\"id\":$id}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"other\",\"result\":{\"task\":{\"id\":\"t\",\"status\":{}}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"task\":{\"status\":{}}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{}}"
      })
  void takesNoGarbageForAnAnswer(String garbage) {
    agent.on("SendMessage", Scripts.json(garbage));
    RawAnswer answer = send("open", HELLO);
    assertThat(answer.json().path("error").isObject()).as(answer.text()).isTrue();
    assertThat(answer.text()).contains("\"id\":7,").doesNotContain("busy");
  }

  @Test
  void passesOnTheAgentsOwnNo() {
    agent.on(
        "GetTask",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32001,\"message\":\"no\"}}"));
    RawAnswer answer = ask(request("open", "7", "GetTask", "{\"id\":\"t9\"}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-32001);
  }

  @Test
  void saysSoWhereTheAgentHangsOrIsGone() {
    agent.on("SendMessage", Scripts.reset());
    assertThat(send("open", HELLO).status()).isEqualTo(502);
    agent.on("SendMessage", Scripts.hang());
    assertThat(send("open", HELLO).status()).isEqualTo(504);
    RawAnswer gone = send("gone", HELLO);
    assertThat(gone.status()).isEqualTo(502);
    assertThat(gone.json().path("error").path("data").get(0).path("reason").asText())
        .isEqualTo("UPSTREAM_UNAVAILABLE");
    assertThat(gone.text()).doesNotContain("127.0.0.1");
  }

  @Test
  void refusesWhatNoRuleAllows() {
    RawAnswer answer = send("silent", HELLO);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("error").path("data").get(0).path("reason").asText())
        .isEqualTo("POLICY_DENIED");
    assertThat(ask(request("silent", "7", "ListTasks", "{}")).status()).isEqualTo(403);
    assertThat(send("shut", HELLO).status()).isEqualTo(401);
    assertThat(agent.seen().stream().filter(seen -> !seen.method().equals("GET"))).isEmpty();
  }

  @Test
  void aTaskThatNoRuleLetsSeeIsOneThatDoesNotExist() {
    assertThat(send("open", HELLO).status()).isEqualTo(200);
    RawAnswer theirs = ask(request("silent", "7", "GetTask", "{\"id\":\"t1\"}"));
    RawAnswer nobodys = ask(request("silent", "7", "GetTask", "{\"id\":\"t9\"}"));
    assertThat(theirs.code()).as(theirs.text()).isEqualTo(-32001);
    assertThat(theirs.text()).isEqualTo(nobodys.text());
    assertThat(ask(request("told", "7", "CancelTask", "{\"id\":\"t1\"}")).text())
        .isEqualTo(nobodys.text());
    assertThat(agent.seen("GetTask")).isEmpty();
    assertThat(agent.seen("CancelTask")).isEmpty();
  }

  @Test
  void refusesWhatIsOverBudget() {
    assertThat(send("few", HELLO).status()).isEqualTo(200);
    RawAnswer answer = send("few", HELLO);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo(-32000);
    assertThat(answer.fields().has("retry-after")).isTrue();
    JsonNode info = answer.json().path("error").path("data").get(0);
    assertThat(info.path("domain").asText()).isEqualTo("turnpike");
    assertThat(info.path("reason").asText()).isEqualTo("RATE_LIMITED");
    assertThat(agent.seen("SendMessage")).hasSize(1);
  }

  @Test
  void countsTheTokensOfWhatAgentsSayAndNoneOfALookAtATask() {
    String text = "lorem ipsum dolor sit amet ".repeat(150);
    String artifacts =
        "\"artifacts\":[{\"artifactId\":\"a\",\"parts\":[{\"text\":\"" + text + "\"}]}]";
    String whole = DONE.replace("\"contextId\":\"c1\",", "\"contextId\":\"c1\"," + artifacts + ",");
    String task = whole.replace("{\"task\":{", "{").replace("}}}}", "}}}");
    agent.on("SendMessage", Scripts.json(whole)).on("GetTask", Scripts.json(task));
    for (int i = 0; i < 5; i++) {
      RawAnswer look = ask(request("words", "7", "GetTask", "{\"id\":\"t1\"}"));
      assertThat(look.json().path("result").path("id").asText()).as(look.text()).isEqualTo("t1");
    }
    assertThat(send("words", HELLO).json().has("result")).isTrue();
    RawAnswer large = send("words", HELLO);
    for (int i = 0; i < 5 && large.status() == 200 && large.code() == 0; i++) {
      large = send("words", HELLO);
    }
    assertThat(large.code()).as(large.text()).isEqualTo(-32000);
    assertThat(large.text()).contains("\"id\":7,").doesNotContain("lorem");
  }

  @Test
  void speaksTheVersionThatItNames() {
    assertThat(ask(request("open", "7", "SendMessage", HELLO).without("A2A-Version")).code())
        .isEqualTo(-32601);
    assertThat(
            ask(request("open", "7", "SendMessage", HELLO).replaced("A2A-Version", "2.0")).code())
        .isEqualTo(-32009);
    assertThat(
            ask(request("open", "7", "SendMessage", HELLO).replaced("A2A-Version", "1.0.1"))
                .status())
        .isEqualTo(200);
    assertThat(agent.seen("SendMessage")).hasSize(1);
  }

  @Test
  void hasNoPushNotificationsAndSaysSo() {
    for (String method :
        new String[] {"CreateTaskPushNotificationConfig", "ListTaskPushNotificationConfigs"}) {
      assertThat(ask(request("open", "7", method, "{\"taskId\":\"t\"}")).code()).isEqualTo(-32003);
    }
    for (String name :
        new String[] {"taskPushNotificationConfig", "task_push_notification_config"}) {
      String params =
          HELLO.replaceFirst("\\{", "{\"configuration\":{\"" + name + "\":{\"url\":\"x\"}},");
      assertThat(send("open", params).code()).isEqualTo(-32003);
    }
  }

  @Test
  void showsTheCardToAnybodyWithoutTheAddressOfTheAgent() {
    RawAnswer answer = ask(card("shut"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain(origin, "127.0.0.1");
    JsonNode card = answer.json();
    assertThat(card.path("supportedInterfaces").get(0).path("url").asText())
        .isEqualTo("http://localhost:8080/a2a/shut");
    assertThat(card.path("capabilities").path("pushNotifications").asBoolean()).isFalse();
    String etag = answer.fields().first("etag");
    assertThat(ask(card("shut").with("If-None-Match", etag)).status()).isEqualTo(304);
    assertThat(ask(card("open").with("If-None-Match", etag)).status()).isEqualTo(200);
  }
}
