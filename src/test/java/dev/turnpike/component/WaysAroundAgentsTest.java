package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Ways to have one thing decided and another received. What reaches the agent says what was
 * decided, in the names of the specification; what could be read in two ways does not reach it.
 */
class WaysAroundAgentsTest extends AgentWire {
  private static final String MESSAGE = "\"messageId\":\"m\",\"role\":\"ROLE_USER\"";
  private static final String PARTS = "\"parts\":[{\"text\":\"hi\"}]";

  /** Members of a message; none of them may reach the agent. */
  static final List<String> REFUSED_IN_A_MESSAGE =
      List.of(
          "\"taskId\":\"mine\",\"task_id\":\"yours\"",
          "\"task_id\":\"mine\",\"taskId\":\"yours\"",
          "\"taskId\":\"mine\",\"taskId\":\"yours\"",
          "\"taskId\":\"same\",\"taskId\":\"same\"",
          "\"taskId\":\"mine\",\"\\u0074askId\":\"yours\"",
          "\"taskId\":null,\"task_id\":\"yours\"",
          "\"task_id\":\"yours\",\"taskId\":null",
          "\"taskid\":\"yours\"",
          "\"TaskId\":\"yours\"",
          "\"TASK_ID\":\"yours\"",
          "\"task-id\":\"yours\"",
          "\"task__id\":\"yours\"",
          "\"_taskId\":\"yours\"",
          "\"taskId_\":\"yours\"",
          "\"task_Id\":\"yours\"",
          "\"ta\u017f\u212aId\":\"yours\"",
          "\"ContextId\":\"yours\"",
          "\"context_Id\":\"yours\"",
          "\"referencetaskids\":[\"yours\"]",
          "\"referenceTaskIds\":[],\"reference_task_ids\":[\"yours\"]",
          "\"referenceTaskIds\":\"yours\"",
          "\"taskId\":[\"yours\"]",
          "\"taskId\":5",
          "\"taskId\":{\"a\":1}",
          "\"role\":\"ROLE_AGENT\"",
          "\"metadata\":{\"a\":1,\"a\":2}",
          "\"metadata\":{\"d\":[{\"a\":1,\"\\u0061\":2}]}",
          "\"metadata\":[]",
          "\"Parts\":[]",
          "\"Metadata\":{}");

  @ParameterizedTest
  @FieldSource("REFUSED_IN_A_MESSAGE")
  void refusesWhatCouldBeReadInTwoWays(String members) {
    RawAnswer answer =
        send("open", "{\"message\":{" + MESSAGE + "," + PARTS + "," + members + "}}");
    assertThat(answer.code()).as(answer.text()).isIn(-32700, -32602);
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  /** Parameters of a message; the rule lets amounts up to 100 pass. */
  static final List<String> REFUSED_BY_THE_RULE =
      Stream.of(
              "[{\"data\":{\"amount\":101}}]",
              "[{\"data\":{\"amount\":1}},{\"data\":{\"amount\":101}}]",
              "[{\"data\":{\"amount\":101}},{\"data\":{\"amount\":1}}]",
              "[{\"data\":{\"amount\":1}},{\"data\":{}}]",
              "[{\"data\":{\"amount\":1}},{\"data\":null}]",
              "[{\"data\":{\"amount\":1}},{\"data\":[{\"amount\":1}]}]",
              "[{\"data\":{\"amount\":1}},{\"data\":\"x\"}]",
              "[{\"data\":{\"amount\":1,\"amount\":101}}]",
              "[{\"data\":{\"amount\":101,\"amount\":1}}]",
              "[{\"data\":{\"amount\":1,\"\\u0061mount\":101}}]",
              "[{\"data\":{\"amount\":1},\"data\":{\"amount\":101}}]",
              "[{\"data\":{\"amount\":1},\"Data\":{\"amount\":101}}]",
              "[{\"data\":{\"amount\":1},\"text\":\"101\"}]",
              "[{\"data\":{\"amount\":1},\"url\":\"http://x/\"}]",
              "[{\"data\":{\"Amount\":1}}]",
              "[{\"text\":\"amount 1\"}]",
              "[{\"kind\":\"data\",\"text\":\"1\"}]",
              "[]",
              "{\"0\":{\"data\":{\"amount\":1}}}")
          .map(parts -> "{\"message\":{" + MESSAGE + ",\"parts\":" + parts + "}}")
          .toList();

  @ParameterizedTest
  @FieldSource("REFUSED_BY_THE_RULE")
  void judgesEveryDataPart(String params) {
    RawAnswer answer = send("told", params);
    assertThat(answer.json().path("error").isObject()).as(answer.text()).isTrue();
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  /** What is written, and what the agent is to see of it. */
  static final List<String> RECEIVED =
      List.of(
          "\"task_id\":\"t1\"=>\"taskId\":\"t1\"",
          "\"\\u0074ask_id\":\"t1\"=>\"taskId\":\"t1\"",
          "\"context_id\":\"c1\"=>\"contextId\":\"c1\"",
          "\"reference_task_ids\":[\"t1\"]=>\"referenceTaskIds\":[\"t1\"]",
          "\"taskId\":null=>",
          "\"kind\":\"message\"=>",
          "\"extensions\":[\"https://x.example\"]=>",
          "\"unknown\":{\"taskId\":\"yours\"}=>",
          "\"metadata\":{\"taskId\":\"t2\"}=>\"metadata\":{\"taskId\":\"t2\"}");

  @ParameterizedTest
  @FieldSource("RECEIVED")
  void sendsOnWhatWasDecided(String row) {
    String[] pair = row.split("=>", -1);
    // the task and the context that rows name are the caller's
    send("open", HELLO);
    agent.forget();
    card();
    RawAnswer answer =
        send("open", "{\"message\":{" + MESSAGE + "," + PARTS + "," + pair[0] + "}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(received())
        .isEqualTo(
            RawAnswer.json(
                "{" + MESSAGE + "," + PARTS + (pair[1].isEmpty() ? "" : ",") + pair[1] + "}"));
  }

  private JsonNode received() {
    return RawAnswer.json(agent.only("SendMessage").text()).path("params").path("message");
  }

  /** Ids of a task, each with the parameters of {@code GetTask} around it. */
  static final List<String> REFUSED_IN_GET_TASK =
      List.of(
          "{\"id\":\"mine\",\"id\":\"yours\"}",
          "{\"id\":\"mine\",\"i\\u0064\":\"yours\"}",
          "{\"id\":\"mine\",\"ID\":\"yours\"}",
          "{\"id\":\"mine\",\"Id\":\"yours\"}",
          "{\"id\":\"mine\",\"_id\":\"yours\"}",
          "{\"id\":5}",
          "{\"id\":null}",
          "{}",
          "[\"yours\"]",
          "{\"id\":\"mine\",\"historyLength\":2147483648}",
          "{\"id\":\"mine\",\"historyLength\":1.5}",
          "{\"id\":\"mine\",\"historyLength\":\"+5\"}",
          "{\"id\":\"mine\",\"historyLength\":1e999999999}",
          "{\"id\":\"mine\",\"historyLength\":1,\"history_length\":2}",
          "{\"id\":\"mine\",\"tenant\":\"yours\"}",
          "{\"id\":\"mine\",\"Tenant\":\"yours\"}");

  @ParameterizedTest
  @FieldSource("REFUSED_IN_GET_TASK")
  void asksForNoTaskOfTwo(String params) {
    RawAnswer answer = ask(request("open", "7", "GetTask", params));
    assertThat(answer.code()).as(answer.text()).isIn(-32700, -32602, -32600);
    assertThat(agent.seen("GetTask")).isEmpty();
  }

  /** Requests in which two versions, two methods or two paths are named. */
  static final List<RawRequest> REFUSED_AROUND_IT =
      List.of(
          request("open", "7", "SendMessage", HELLO).with("A2A-Version", "1.0"),
          request("open", "7", "SendMessage", HELLO).with("a2a-version", "0.3"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open?A2A-Version=0.3"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open?a2a-version=0.3"),
          request("open", "7", "SendMessage", HELLO)
              .path("/a2a/open?A2A-Version=1.0&A2A-Version=1.0"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open?A2A%2DVersion=0.3"),
          request("open", "7", "message/send", HELLO),
          request("open", "7", "sendMessage", HELLO),
          request("open", "7", "SendMessage ", HELLO),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open//"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/silent/../open"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open%2F"),
          request("open", "7", "SendMessage", HELLO).path("/a2a/open/x"),
          request("open", "7", "SendMessage", HELLO).method("PUT"),
          request("open", "7", "SendMessage", HELLO).replaced("Content-Type", "text/plain"),
          request("open", "7", "", "")
              .body(
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"method\":\"SendMessage\","
                      + "\"params\":"
                      + HELLO
                      + "}"),
          request("open", "7", "", "")
              .body(
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"SendMessage\",\"params\":"
                      + HELLO
                      + ",\"params\":"
                      + HELLO
                      + "}"),
          request("open", "7", "", "")
              .body("[" + RawRequest.legacyBody("1", "SendMessage", HELLO) + "]"));

  @ParameterizedTest
  @FieldSource("REFUSED_AROUND_IT")
  void takesNoTwoNamesForOneThing(RawRequest request) {
    RawAnswer answer = ask(request);
    boolean refused = answer.status() >= 400 || answer.json().has("error");
    assertThat(refused).as(answer.status() + answer.text()).isTrue();
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("NUMBERED")
  void namesWhatIsNumbered(String role) {
    agent.on("SendMessage", Scripts.json(DONE));
    RawAnswer answer =
        send("open", "{\"message\":{\"messageId\":\"m\",\"role\":" + role + "," + PARTS + "}}");
    if (role.equals("1")) {
      assertThat(received().path("role").asText()).isEqualTo("ROLE_USER");
    } else {
      assertThat(answer.code()).as(answer.text()).isEqualTo(-32602);
      assertThat(agent.seen("SendMessage")).isEmpty();
    }
  }

  static final List<String> NUMBERED =
      List.of("1", "3", "-1", "1.5", "\"1\"", "\"user\"", "\"role_user\"", "true", "4294967297");
}
