package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of A2A 0.3 before an agent of 1.0. */
class OldCallersOfAgentsTest extends AgentWire {
  private static final String OLD_HELLO =
      """
      {"message":{"kind":"message","messageId":"m1","role":"user","parts":[{"kind":"text","text":"hi"},\
      {"kind":"file","file":{"bytes":"aGk=","mimeType":"text/plain","name":"a.txt"}},\
      {"kind":"data","data":{"amount":5}}]},"configuration":{"blocking":false}}\
      """;

  private static final String UPDATE =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"statusUpdate":{"taskId":"t1","contextId":"c1",\
      "status":{"state":"%s"}}}}\
      """;

  private static RawRequest old(String endpoint, String method, String params) {
    return request(endpoint, "7", method, params).without("A2A-Version");
  }

  private JsonNode received(String method) {
    return RawAnswer.json(agent.only(method).text()).path("params");
  }

  @Test
  void aMessageIsSentAsOneOf1_0AndItsTaskComesBackAsOneOf0_3() {
    RawAnswer answer = ask(old("open", "message/send", OLD_HELLO));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/result/kind").asText()).isEqualTo("task");
    assertThat(answer.json().at("/result/status/state").asText()).isEqualTo("completed");
    assertThat(answer.json().path("id").asInt()).isEqualTo(7);
    JsonNode message = received("SendMessage").path("message");
    assertThat(message.path("role").asText()).isEqualTo("ROLE_USER");
    assertThat(message.has("kind")).isFalse();
    assertThat(message.at("/parts/0").toString()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(message.at("/parts/1/raw").asText()).isEqualTo("aGk=");
    assertThat(message.at("/parts/1/filename").asText()).isEqualTo("a.txt");
    assertThat(message.at("/parts/2/data/amount").asInt()).isEqualTo(5);
    assertThat(received("SendMessage").at("/configuration/returnImmediately").asBoolean()).isTrue();
    assertThat(agent.only("SendMessage").fields().all("a2a-version")).containsExactly("1.0");
  }

  @Test
  void rulesSeeTheOperationAndTheDataAsTheyDoIn1_0() {
    assertThat(ask(old("told", "message/send", OLD_HELLO)).status()).isEqualTo(200);
    agent.forget();
    RawAnswer refused = ask(old("told", "message/send", OLD_HELLO.replace(":5}", ":500}")));
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(agent.seen("SendMessage")).isEmpty();
    assertThat(ask(old("silent", "message/send", OLD_HELLO)).status()).isEqualTo(403);
  }

  @Test
  void anAgentsErrorKeepsItsCode() {
    assertThat(ask(old("open", "message/send", OLD_HELLO)).status()).isEqualTo(200);
    agent.on(
        "GetTask",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32001,\"message\":\"no\"}}"));
    RawAnswer answer = ask(old("open", "tasks/get", "{\"id\":\"t1\",\"historyLength\":2}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-32001);
    assertThat(received("GetTask").toString()).isEqualTo("{\"id\":\"t1\",\"historyLength\":2}");
  }

  @Test
  void aStreamSaysWhichUpdateIsTheLast() {
    agent.on(
        "SendStreamingMessage",
        Scripts.events(
            DONE.replace("COMPLETED", "SUBMITTED"),
            UPDATE.formatted("TASK_STATE_WORKING"),
            UPDATE.formatted("TASK_STATE_CANCELED")));
    List<String> said = new ArrayList<>();
    try (RawCaller caller = RawCaller.to(road).send(old("open", "message/stream", OLD_HELLO))) {
      caller.head();
      for (int i = 0; i < 3; i++) {
        JsonNode result = RawAnswer.json(caller.data()).path("result");
        said.add(
            result.path("kind").asText()
                + " "
                + result.at("/status/state").asText()
                + " "
                + result.path("final").asText());
      }
      caller.end();
    }
    assertThat(said)
        .containsExactly(
            "task submitted ", "status-update working false", "status-update canceled true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":{\"kind\":\"message\",\"messageId\":\"m\",\"role\":\"user\",\"parts\":[],\"taskID\":\"t1\"}}",
        "{\"message\":{\"kind\":\"message\",\"messageId\":\"m\",\"role\":1,\"parts\":[]}}",
        "{\"message\":{\"kind\":\"task\",\"messageId\":\"m\",\"role\":\"user\",\"parts\":[]}}",
        "{\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"hi\"}]}}",
        "{\"message\":{\"kind\":\"message\",\"messageId\":\"m\",\"role\":\"user\",\"parts\":[{\"kind\":\"file\",\"file\":{\"bytes\":\"aGk=\",\"uri\":\"http://x\"}}]}}"
      })
  void whatIsNoMessageOf0_3IsRefused(String params) {
    RawAnswer answer = ask(old("open", "message/send", params));
    assertThat(answer.code()).as(answer.text()).isEqualTo(-32602);
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  @Test
  void aNameInTheSpellingOfReadersOfProtoJsonIsWhatTheAgentReceives() {
    assertThat(ask(old("open", "message/send", OLD_HELLO)).status()).isEqualTo(200);
    agent.forget();
    card();
    String params = OLD_HELLO.replace("\"messageId\"", "\"task_id\":\"t1\",\"messageId\"");
    assertThat(ask(old("open", "message/send", params)).status()).isEqualTo(200);
    JsonNode message = received("SendMessage").path("message");
    assertThat(message.path("taskId").asText()).isEqualTo("t1");
    assertThat(message.has("task_id")).isFalse();
  }

  @Test
  void methodsOfOneVersionAreUnknownInTheOther() {
    assertThat(ask(request("open", "7", "message/send", OLD_HELLO)).code()).isEqualTo(-32601);
    assertThat(ask(old("open", "ListTasks", "{}")).code()).isEqualTo(-32601);
    assertThat(ask(old("open", "tasks/list", "{}")).code()).isEqualTo(-32601);
    assertThat(ask(old("open", "tasks/pushNotificationConfig/set", "{}")).code()).isEqualTo(-32003);
    String inline =
        OLD_HELLO.replace(
            "\"blocking\":false", "\"pushNotificationConfig\":{\"url\":\"http://x\"}");
    assertThat(ask(old("open", "message/send", inline)).code()).isEqualTo(-32003);
    assertThat(agent.seen("SendMessage")).isEmpty();
  }

  @Test
  void theCardIsOfBothVersionsUnlessOneIsAskedFor() {
    RawAnswer both = ask(card("open"));
    RawAnswer strict = ask(card("open").with("A2A-Version", "1.0"));
    assertThat(both.json().path("protocolVersion").asText()).isEqualTo("0.3.0");
    assertThat(both.json().path("preferredTransport").asText()).isEqualTo("JSONRPC");
    assertThat(both.json().path("url").asText()).endsWith("/a2a/open");
    assertThat(both.json().path("supportedInterfaces")).hasSize(2);
    assertThat(strict.json().has("url")).isFalse();
    assertThat(strict.json().has("protocolVersion")).isFalse();
    assertThat(strict.json().path("supportedInterfaces")).hasSize(1);
    assertThat(both.fields().first("etag")).isNotEqualTo(strict.fields().first("etag"));
    assertThat(both.fields().first("vary")).contains("A2A-Version");
    assertThat(both.text() + strict.text()).doesNotContain(origin);
  }
}
