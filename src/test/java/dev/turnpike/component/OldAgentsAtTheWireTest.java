package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of A2A 1.0, and of 0.3, before an agent of 0.3. */
class OldAgentsAtTheWireTest extends AgentWire {
  private static final String OLD_CARD =
      """
      {"protocolVersion":"0.3.0","name":"Trips","description":"Plans","version":"1","url":"%s/old",\
      "capabilities":{"streaming":true},"skills":[],"defaultInputModes":[],"defaultOutputModes":[]}\
      """;

  private static final String OLD_DONE =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"kind":"task","id":"t1","contextId":"c1",\
      "status":{"state":"completed"},"artifacts":[{"artifactId":"a","parts":[{"kind":"text","text":"ok"}]}]}}\
      """;

  private static final String UPDATE =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"kind":"status-update","taskId":"t1","contextId":"c1",\
      "status":{"state":"%s"},"final":%s}}\
      """;

  @BeforeEach
  void old() {
    agent.on("GET", Scripts.json(OLD_CARD.formatted(origin)));
    agent.on("message/send", Scripts.json(OLD_DONE));
  }

  @Test
  void aMessageOf1_0IsSentAsOneOf0_3() {
    RawAnswer answer = send("open", HELLO);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/result/task/status/state").asText())
        .isEqualTo("TASK_STATE_COMPLETED");
    assertThat(answer.json().at("/result/task/artifacts/0/parts/0").toString())
        .isEqualTo("{\"text\":\"ok\"}");
    Seen seen = agent.only("message/send");
    assertThat(seen.path()).isEqualTo("/old");
    assertThat(seen.fields().has("a2a-version")).isFalse();
    JsonNode message = RawAnswer.json(seen.text()).at("/params/message");
    assertThat(message.path("kind").asText()).isEqualTo("message");
    assertThat(message.path("role").asText()).isEqualTo("user");
    assertThat(message.at("/parts/0").toString()).isEqualTo("{\"kind\":\"text\",\"text\":\"hi\"}");
  }

  @Test
  void aCallerOf0_3MeetsItInItsOwnWords() {
    String hello =
        "{\"message\":{\"kind\":\"message\",\"messageId\":\"m\",\"role\":\"user\","
            + "\"parts\":[{\"kind\":\"text\",\"text\":\"hi\"}]}}";
    RawAnswer answer = ask(request("open", "7", "message/send", hello).without("A2A-Version"));
    assertThat(answer.json().at("/result/kind").asText()).as(answer.text()).isEqualTo("task");
    assertThat(RawAnswer.json(agent.only("message/send").text()).at("/params/message"))
        .isEqualTo(RawAnswer.json(hello).path("message"));
  }

  @Test
  void aStreamEndsWithWhatTheAgentCallsFinal() {
    agent.on(
        "message/stream",
        Scripts.hangInStream(
            OLD_DONE.replace("completed", "working"),
            UPDATE.formatted("working", "false"),
            UPDATE.formatted("input-required", "true")));
    List<String> states = new ArrayList<>();
    try (RawCaller caller =
        RawCaller.to(road).send(request("open", "7", "SendStreamingMessage", HELLO))) {
      caller.head();
      for (int i = 0; i < 3; i++) {
        JsonNode result = RawAnswer.json(caller.data()).path("result");
        states.add(result.findValue("state").asText());
      }
      caller.end();
    }
    assertThat(states)
        .containsExactly("TASK_STATE_WORKING", "TASK_STATE_WORKING", "TASK_STATE_INPUT_REQUIRED");
  }

  @Test
  void whatIsNotAskedIn0_3IsUnsupported() {
    RawAnswer answer = ask(request("open", "7", "ListTasks", "{}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).as(answer.text()).isEqualTo(-32004);
    assertThat(agent.seen().stream().filter(seen -> !seen.method().equals("GET"))).isEmpty();
  }

  @Test
  void itsErrorsKeepTheirCodesAndGetTheirReasons() {
    assertThat(send("open", HELLO).status()).isEqualTo(200);
    agent.on(
        "tasks/cancel",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32002,\"message\":\"no\",\"data\":{\"x\":1}}}"));
    RawAnswer answer = ask(request("open", "7", "CancelTask", "{\"id\":\"t1\"}"));
    assertThat(answer.code()).as(answer.text()).isEqualTo(-32002);
    assertThat(answer.json().at("/error/data/0/reason").asText()).isEqualTo("TASK_NOT_CANCELABLE");
  }

  @Test
  void anAnswerThatIsNoneOf0_3IsNotPassedOn() {
    agent.on("message/send", Scripts.json(DONE));
    assertThat(send("open", HELLO).code()).isEqualTo(-32006);
  }
}
