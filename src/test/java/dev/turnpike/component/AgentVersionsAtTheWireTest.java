package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A2A 1.0 over JSON-RPC, as it comes to a caller and to an agent. */
class AgentVersionsAtTheWireTest extends TravelWire {
  private static final String HI = "{\"text\":\"hi\"}";

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"7\"", "null", "\"\\u0061\"", "1.5"})
  void anIdComesBackAsItWasWritten(String id) {
    RawAnswer answer = ask(post("travel", send(id, HI)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":");
    assertThat(answer.json().at("/result/task/id").asText()).isEqualTo("t1");
  }

  @Test
  void aSlashAtTheEndIsTheSamePath() {
    assertThat(ask(post("travel/", send("1", HI))).status()).isEqualTo(200);
    assertThat(ask(post("travel//", send("1", HI))).status()).isEqualTo(404);
    assertThat(ask(post("travel/x", send("1", HI))).status()).isEqualTo(404);
  }

  @Test
  void theAgentGetsTheVersionAndItsTenantAndNothingOfTheCaller() {
    RawRequest request = post("travel", send("1", HI)).path("/a2a/travel?A2A-Version=1.0&x=y");
    ask(
        request
            .with("Authorization", "Bearer secret")
            .with("Cookie", "a=b")
            .with("A2A-Extensions", "https://e.example/x"));
    Seen seen = agent.only("SendMessage");
    assertThat(seen.path()).isEqualTo("/rpc");
    assertThat(seen.fields().all("a2a-version")).containsExactly("1.0");
    for (String name : new String[] {"authorization", "cookie", "a2a-extensions"}) {
      assertThat(seen.fields().has(name)).as(name).isFalse();
    }
    JsonNode body = RawAnswer.json(seen.text());
    assertThat(body.at("/params/tenant").asText()).isEqualTo("blue");
    assertThat(body.at("/params/message/parts/0/text").asText()).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource({
    // the field, the query, the method, the status, the code
    "-, -, SendMessage, 200, -32601",
    "-, A2A-Version=1.0, SendMessage, 200, 0",
    "1.0.3, -, SendMessage, 200, 0",
    "1.0, A2A-Version=1.0.1, SendMessage, 200, 0",
    "1.0, a2a-version=0.3, SendMessage, 400, -32700",
    "-, A2A-Version=1.0&A2A-Version=1.0, SendMessage, 400, -32700",
    "-, A2A%2DVersion=1.0&A2A-Version=1.0, SendMessage, 400, -32700",
    "1.1, -, SendMessage, 200, -32009",
    "2.0, -, SendMessage, 200, -32009",
    "'1.0, 1.0', -, SendMessage, 200, -32009",
    "0.3, -, SendMessage, 200, -32601",
    "1.0, -, message/send, 200, -32601",
    "1.0, -, sendMessage, 200, -32601",
    "1.0, -, Nothing, 200, -32601",
    "1.0, -, CreateTaskPushNotificationConfig, 200, -32003",
    "1.0, -, GetExtendedAgentCard, 200, -32007"
  })
  void theVersionIsToldByFieldQueryAndMethod(
      String field, String query, String method, int status, int code) {
    RawRequest request = unversioned("travel", rpc("5", method, message(HI)));
    request = field.equals("-") ? request : request.with("A2A-Version", field);
    request = query.equals("-") ? request : request.path("/a2a/travel?" + query);
    RawAnswer answer = ask(request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().path("id").asInt()).isEqualTo(5);
    assertThat(agent.seen("SendMessage")).hasSize(code == 0 ? 1 : 0);
  }

  @Test
  void aVersionThatIsGivenTwiceIsRefusedAlsoWhereBothAreTheSame() {
    RawAnswer answer = ask(post("travel", send("5", HI)).with("A2A-Version", "1.0"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-32700);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"x\",\"id\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"x\",\"i\\u0064\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"x\",\"historyLength\":1,\"history_length\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"\\ud800\"}}"
      })
  void whatTwoReadersCouldReadDifferentlyIsRefused(String body) {
    RawAnswer answer = ask(post("travel", body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-32700);
    assertThat(agent.seen("GetTask")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|400|-32600",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"GetTask\"}|400|-32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"GetTask\"}|400|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\"}|200|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":7}}|200|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"x\",\"tenant\":\"red\"}}|200|-32602"
      })
  void whatIsNoRequestOfAnOperationIsRefused(String body, int status, int code) {
    RawAnswer answer = ask(post("travel", body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(agent.seen("GetTask")).isEmpty();
  }

  @Test
  void anInlinePushConfigurationIsRefusedUnderEitherSpelling() {
    for (String name :
        new String[] {"taskPushNotificationConfig", "task_push_notification_config"}) {
      String params =
          message(HI).replaceFirst("}$", ",\"configuration\":{\"" + name + "\":{\"url\":\"x\"}}}");
      RawAnswer answer = ask(post("travel", rpc("1", "SendMessage", params)));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.code()).as(answer.text()).isEqualTo(-32003);
      assertThat(answer.json().at("/error/data/0/reason").asText())
          .isEqualTo("PUSH_NOTIFICATION_NOT_SUPPORTED");
    }
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  @Test
  void aStreamGoesThroughEventByEventWithTheIdsOfTheAgent() {
    String update =
        answer(
            "{\"statusUpdate\":{\"taskId\":\"t1\",\"contextId\":\"c1\","
                + "\"status\":{\"state\":\"TASK_STATE_COMPLETED\"}}}");
    agent.on(
        "SendStreamingMessage",
        (_, line) -> {
          line.events();
          line.chunk("id: 41\ndata: " + SENT.replace("$id", "\"1\"") + "\n\n");
          line.event(update);
          line.end();
        });
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(post("travel", rpc("\"s\"", "SendStreamingMessage", message(HI)))).head();
      assertThat(caller.fields().first("content-type")).startsWith("text/event-stream");
      RawCaller.Event first = caller.event();
      assertThat(first.id()).isEqualTo("41");
      assertThat(RawAnswer.json(first.data()).path("id").asText()).isEqualTo("s");
      RawCaller.Event second = caller.event();
      assertThat(second.id()).isEmpty();
      assertThat(RawAnswer.json(second.data()).at("/result/statusUpdate/status/state").asText())
          .isEqualTo("TASK_STATE_COMPLETED");
      caller.end();
    }
    assertThat(agent.only("SendStreamingMessage").fields().first("accept"))
        .contains("text/event-stream");
  }

  @Test
  void whoLeavesClosesTheRequestAndCancelsNoTask() {
    agent.on("SendStreamingMessage", Scripts.hangInStream(SENT));
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(post("travel", rpc("1", "SendStreamingMessage", message(HI)))).head();
      caller.event();
      caller.hangUp();
    }
    Seen seen = agent.only("SendStreamingMessage");
    Eventually.holds("the agent's connection is closed", seen::hungUp);
    assertThat(agent.seen("CancelTask")).isEmpty();
  }

  @Test
  void aStreamThatBreaksOffEndsWithAnError() {
    agent.on("SendStreamingMessage", Scripts.unendedStream(SENT));
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(post("travel", rpc("1", "SendStreamingMessage", message(HI)))).head();
      caller.event();
      assertThat(RawAnswer.json(caller.data()).at("/error/data/0/reason").asText())
          .isEqualTo("UPSTREAM_UNAVAILABLE");
      caller.end();
    }
  }

  @Test
  void anErrorBeforeTheStreamIsAPlainAnswer() {
    agent.on("SubscribeToTask", Scripts.json(error("\"1\"", -32004)));
    RawAnswer answer = ask(post("travel", rpc("3", "SubscribeToTask", "{\"id\":\"t1\"}")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-32004);
    assertThat(answer.fields().first("content-type")).startsWith("application/json");
  }

  private static String error(String id, int code) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"no\",\"data\":[7]}}"
        .formatted(id, code);
  }

  @Test
  void anErrorOfTheAgentPassesWhateverItsStatus() {
    for (int status : new int[] {200, 404, 500}) {
      agent.on("GetTask", Scripts.status(status, "", error("\"1\"", -32001)));
      RawAnswer answer = ask(post("travel", rpc("3", "GetTask", "{\"id\":\"t1\"}")));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.code()).isEqualTo(-32001);
      assertThat(answer.json().at("/error/data/0").asInt()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{\"id\":\"t1\",\"status\":{}}}|answered to another",
        "{\"jsonrpc\":\"2.0\",\"result\":{\"id\":\"t1\",\"status\":{}}}|answered to another",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\"}|no JSON-RPC answer",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{},\"error\":{}}|no JSON-RPC answer",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"id\":\"t2\",\"status\":{}}}|another task",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"id\":7,\"status\":{}}}|out of shape",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"id\":\"1\",\"result\":{\"id\":\"t1\",\"status\":{}}}|cannot be read"
      })
  void anAgentThatAnswersSomethingElseIsNotBelieved(String json, String told) {
    agent.on("GetTask", Scripts.json(json));
    RawAnswer answer = ask(post("travel", rpc("3", "GetTask", "{\"id\":\"t1\"}")));
    assertThat(answer.code()).as(answer.text()).isEqualTo(-32006);
    assertThat(answer.text()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 429, 500})
  void aStatusThatSpeaksOfTheHopIsUnavailable(int status) {
    agent.on("GetTask", Scripts.status(status, "Location: http://127.0.0.1:1/\r\n", ""));
    RawAnswer answer = ask(post("travel", rpc("3", "GetTask", "{\"id\":\"t1\"}")));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.code()).isEqualTo(-32000);
  }

  @Test
  void anAgentThatIsSilentIsTimedOut() {
    agent.on("SendMessage", Scripts.hang());
    RawAnswer answer = ask(post("travel", send("3", HI)));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.json().at("/error/data/0/reason").asText()).isEqualTo("UPSTREAM_TIMED_OUT");
  }
}
