package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.assembly.Settings;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two programs of a mesh before one agent: what one has begun is not there for the other. */
class AgentOwnersAtTheWireTest {
  private static final String BY = "spiffe://cluster.local/ns/gateway/sa/waypoint";
  private static final String ANN = "ann";
  private static final String BEN = "ben";

  private static final String FILE =
      """
      upstreams:
        trips: { a2a: { card: "%1$s/card", timeout: 5s } }
        others: { a2a: { card: "%1$s/card", timeout: 5s } }
      endpoints:
        trips: { a2a: { upstream: trips } }
        also: { a2a: { upstream: trips } }
        others: { a2a: { upstream: others } }
      rules:
        - { name: all, allow: { endpoints: ["*"] } }
        - { name: cy, deny: { operations: ["Send*"] }, when: 'caller.workload.serviceAccount == "cy"' }
      """;

  private static final String CARD =
      """
      {"name":"Trips","description":"d","version":"1","skills":[],"capabilities":{"streaming":true},\
      "supportedInterfaces":[{"url":"%s/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]}\
      """;

  private static final String SAYING =
      "{\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"hi\"}]%s}}";

  private final FakeUpstream agent = FakeUpstream.modern();
  private final String origin = agent.url().replace("/mcp", "");
  private final Road road =
      Road.serving(
          FILE.formatted(origin),
          Settings.DEFAULT.knowing(
              new Identity(
                  new Workloads.Forwarded(Set.of("cluster.local"), BY), Optional.empty())));

  @BeforeEach
  void begin() {
    agent.on("GET", Scripts.json(CARD.formatted(origin)));
    agent.on("SendMessage", Scripts.json(result("{\"task\":" + task("t1", "c1") + "}")));
    assertThat(ask(ANN, "trips", "SendMessage", saying("")).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    // the end of a call may wait for its count
    road.settle();
    road.close();
    agent.close();
  }

  private static String task(String id, String context) {
    return "{\"id\":\"%s\",\"contextId\":\"%s\",\"status\":{\"state\":\"TASK_STATE_WORKING\"}}"
        .formatted(id, context);
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":" + result + "}";
  }

  private static String saying(String members) {
    return SAYING.formatted(members);
  }

  private static RawRequest request(String who, String endpoint, String method, String params) {
    return RawRequest.post(endpoint, RawRequest.legacyBody("7", method, params))
        .path("/a2a/" + endpoint)
        .with("A2A-Version", "1.0")
        .with(
            "X-Forwarded-Client-Cert",
            "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/" + who);
  }

  private RawAnswer ask(String who, String endpoint, String method, String params) {
    return RawCaller.ask(road, request(who, endpoint, method, params));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetTask|{\"id\":\"%s\"}",
        "GetTask|{\"id\":\"%s\",\"historyLength\":5}",
        "CancelTask|{\"id\":\"%s\"}",
        "SubscribeToTask|{\"id\":\"%s\"}",
        "SendMessage|,\"taskId\":\"%s\"",
        "SendMessage|,\"task_id\":\"%s\"",
        "SendMessage|,\"referenceTaskIds\":[\"%s\"]",
        "SendStreamingMessage|,\"taskId\":\"%s\"",
        "SendStreamingMessage|,\"reference_task_ids\":[\"%s\"]"
      })
  void aTaskOfAnotherIsOneThatDoesNotExist(String method, String params) {
    String asked = params.startsWith(",") ? saying(params) : params;
    agent.forget();
    for (String endpoint : List.of("trips", "also")) {
      RawAnswer theirs = ask(BEN, endpoint, method, asked.formatted("t1"));
      RawAnswer nobodys = ask(BEN, endpoint, method, asked.formatted("made-up"));
      assertThat(theirs.code()).as(theirs.text()).isEqualTo(-32001);
      assertThat(theirs.text()).isEqualTo(nobodys.text());
      assertThat(theirs.fields().lines()).isEqualTo(nobodys.fields().lines());
    }
    assertThat(agent.seen()).isEmpty();
  }

  @Test
  void aContextOfAnotherIsNotGoneOnWith() {
    agent.forget();
    assertThat(ask(BEN, "trips", "SendMessage", saying(",\"contextId\":\"c1\"")).code())
        .isEqualTo(-32001);
    assertThat(ask(BEN, "trips", "ListTasks", "{\"contextId\":\"c1\"}").code()).isEqualTo(-32001);
    assertThat(agent.seen()).isEmpty();
  }

  @Test
  void aContextThatACallerChoosesIsItsOwnFromThenOn() {
    agent.on("SendMessage", Scripts.json(result("{\"task\":" + task("t2", "new") + "}")));
    assertThat(ask(BEN, "trips", "SendMessage", saying(",\"contextId\":\"new\"")).status())
        .isEqualTo(200);
    assertThat(ask(ANN, "trips", "SendMessage", saying(",\"contextId\":\"new\"")).code())
        .isEqualTo(-32001);
  }

  @Test
  void whoMayNotSpeakTakesNoContext() {
    assertThat(ask("cy", "trips", "SendMessage", saying(",\"contextId\":\"taken\"")).status())
        .isEqualTo(403);
    agent.on("SendMessage", Scripts.json(result("{\"task\":" + task("t3", "taken") + "}")));
    assertThat(
            ask(BEN, "trips", "SendMessage", saying(",\"contextId\":\"taken\""))
                .json()
                .at("/result/task/id")
                .asText())
        .isEqualTo("t3");
  }

  @Test
  void whoHasBegunATaskGoesOnWithItAtAnyEndpointOfTheAgent() {
    agent.on("GetTask", Scripts.json(result(task("t1", "c1"))));
    assertThat(ask(ANN, "trips", "GetTask", "{\"id\":\"t1\"}").json().at("/result/id").asText())
        .isEqualTo("t1");
    assertThat(ask(ANN, "also", "GetTask", "{\"id\":\"t1\"}").status()).isEqualTo(200);
    String on = saying(",\"taskId\":\"t1\",\"contextId\":\"c1\",\"referenceTaskIds\":[\"t1\"]");
    assertThat(ask(ANN, "trips", "SendMessage", on).json().at("/result/task/id").asText())
        .isEqualTo("t1");
    // another agent's task of the same id is another task
    assertThat(ask(ANN, "others", "GetTask", "{\"id\":\"t1\"}").code()).isEqualTo(-32001);
  }

  @Test
  void listsShowWhatIsTheCallersAndCountNothingElse() {
    agent.on(
        "ListTasks",
        Scripts.json(
            result(
                "{\"tasks\":["
                    + task("t1", "c1")
                    + ","
                    + task("t9", "c9")
                    + "],\"totalSize\":40,\"pageSize\":50,\"nextPageToken\":\"\"}")));
    JsonNode anns = ask(ANN, "trips", "ListTasks", "{}").json().path("result");
    assertThat(anns.path("tasks")).hasSize(1);
    assertThat(anns.at("/tasks/0/id").asText()).isEqualTo("t1");
    assertThat(anns.path("totalSize").asInt()).isEqualTo(1);
    RawAnswer bens = ask(BEN, "trips", "ListTasks", "{}");
    assertThat(bens.json().at("/result/tasks")).isEmpty();
    assertThat(bens.json().at("/result/totalSize").asInt(-1)).isZero();
    assertThat(bens.text()).doesNotContain("t1", "t9", "40");
  }

  @Test
  void anAgentThatNamesATaskOfAnotherIsNotPassedOn() {
    RawAnswer answer = ask(BEN, "trips", "SendMessage", saying(""));
    assertThat(answer.code()).as(answer.text()).isEqualTo(-32006);
    assertThat(answer.text()).doesNotContain("t1", "c1");
    agent.on(
        "SendStreamingMessage",
        Scripts.events(
            result(
                "{\"statusUpdate\":{\"taskId\":\"t1\",\"contextId\":\"c1\","
                    + "\"status\":{\"state\":\"TASK_STATE_WORKING\"}}}")));
    try (RawCaller caller =
        RawCaller.to(road).send(request(BEN, "trips", "SendStreamingMessage", saying("")))) {
      assertThat(caller.head().data()).contains("-32006").doesNotContain("t1", "c1");
    }
    assertThat(ask(BEN, "trips", "GetTask", "{\"id\":\"t1\"}").code()).isEqualTo(-32001);
  }

  @Test
  void aMessageThatIsAnsweredByOneMakesItsContextTheCallers() {
    agent.on(
        "SendMessage",
        Scripts.json(
            result(
                "{\"message\":{\"messageId\":\"a\",\"contextId\":\"c7\",\"role\":\"ROLE_AGENT\","
                    + "\"parts\":[{\"text\":\"ho\"}]}}")));
    assertThat(ask(BEN, "trips", "SendMessage", saying("")).status()).isEqualTo(200);
    assertThat(ask(ANN, "trips", "SendMessage", saying(",\"contextId\":\"c7\"")).code())
        .isEqualTo(-32001);
  }
}
