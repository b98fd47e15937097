package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.assembly.Settings;
import dev.turnpike.exchange.Lane;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks on their way through: whose they are, and what is seen of them by whom. */
class TasksTest {
  private static final String HERE = "http://localhost:8080";
  private static final String CREATED =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"task\",\"taskId\":\"t-1\","
          + "\"status\":\"working\",\"createdAt\":\"2026-11-30T10:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\",\"ttlMs\":60000}}";
  private static final String DONE =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"taskId\":\"t-1\","
          + "\"status\":\"completed\",\"createdAt\":\"2026-11-30T10:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\",\"ttlMs\":null,"
          + "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"four words of text\"}]}}}";
  private static final String DISCOVERED =
      FakeUpstream.DISCOVERED.replace(
          "\"capabilities\":{",
          "\"capabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"x.y/z\":{}},");
  private static final String DECLARED =
      "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"x.y/z\":{}}}";

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final Trying flags = new Trying(Trying.within(Duration.ofSeconds(10))).onFor("labs");
  private FakeUpstream up;
  private FakeUpstream other;
  private Road road;

  @BeforeEach
  void start() {
    up = FakeUpstream.modern();
    other = FakeUpstream.modern();
    up.on("tools/call", Scripts.json(CREATED));
    up.on("tasks/get", Scripts.json(DONE));
    up.on(
        "tasks/cancel",
        Scripts.json(Scripts.RESULT.replaceAll("\"content\":\\[.*?\\]", "\"a\":1")));
    up.on("server/discover", Scripts.json(DISCOVERED));
    road =
        Road.trying(
            """
            upstreams:
              one: { mcp: { url: "%s" } }
              two: { mcp: { url: "%s" } }
            endpoints:
              one: { mcp: { upstreams: [one] } }
              both: { mcp: { upstreams: [one, two] } }
            rules:
              - { name: all, allow: { tools: ["*echo*"] }, when: caller.subject != "mute" }
            """
                .formatted(up.url(), other.url()),
            Settings.DEFAULT
                .calling((revision, _) -> !off.contains(revision))
                .knowing(
                    new Identity(
                        new Workloads.Nowhere(),
                        Optional.of(
                            new Issuer(
                                TasksTest::verified,
                                List.of("https://issuer"),
                                HERE,
                                List.of(),
                                false,
                                Issuer.ClaimPaths.DEFAULT)))),
            List.of(new Tasks()),
            flags);
  }

  // a token is the name of its subject and that of its tenant
  private static CompletableFuture<Tokens.Vouched> verified(String token) {
    String[] parts = token.split("\\.");
    return CompletableFuture.completedFuture(
        new Tokens.Vouched(
            Map.of("sub", parts[0], "tenant", parts[1], "aud", HERE),
            Instant.now().plusSeconds(3_600)));
  }

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
    other.close();
  }

  private static RawRequest declaring(RawRequest request) {
    String body = request.body().text();
    return request.body(
        body.replace(
            "\"io.modelcontextprotocol/clientCapabilities\":{}",
            "\"io.modelcontextprotocol/clientCapabilities\":" + DECLARED));
  }

  private RawAnswer asked(String token, RawRequest request) {
    return RawCaller.ask(road, declaring(request).with("Authorization", "Bearer " + token));
  }

  private RawAnswer called(String token, String endpoint, String tool) {
    return asked(token, RawRequest.call(endpoint, "1", tool, "{}"));
  }

  private static RawRequest about(String endpoint, String method, String id) {
    return RawRequest.modern(endpoint, "2", method, "\"taskId\":\"" + id + "\"")
        .with("Mcp-Name", id);
  }

  private String begun(String token) {
    return called(token, "one", "echo").json().at("/result/taskId").asText();
  }

  private static JsonNode body(Seen seen) {
    return RawAnswer.json(seen.body().text());
  }

  @Test
  void beginsATaskUnderAnIdThatIsSealed() {
    RawAnswer answer = called("ann.labs", "one", "echo");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/result/resultType").asText()).isEqualTo("task");
    assertThat(answer.json().at("/result/status").asText()).isEqualTo("working");
    assertThat(answer.json().at("/result/taskId").asText())
        .isNotEqualTo("t-1")
        .hasSizeGreaterThan(20);
    assertThat(
            body(up.only("tools/call"))
                .at("/params/_meta/io.modelcontextprotocol~1clientCapabilities/extensions"))
        .as("this extension and no other")
        .isEqualTo(RawAnswer.json("{\"io.modelcontextprotocol/tasks\":{}}"));
    assertThat(road.exchanges().all().getLast().call())
        .hasValueSatisfying(call -> assertThat(call.lane()).isEqualTo(Lane.EXPERIMENTAL));
  }

  @Test
  void asksTheUpstreamForItsOwnId() {
    String id = begun("ann.labs");
    RawAnswer answer = asked("ann.labs", about("one", "tasks/get", id));
    assertThat(answer.json().at("/result/taskId").asText()).isEqualTo(id);
    assertThat(answer.json().at("/result/status").asText()).isEqualTo("completed");
    assertThat(answer.json().at("/result/result/content/0/text").asText())
        .isEqualTo("four words of text");
    Seen seen = up.only("tasks/get");
    assertThat(body(seen).at("/params/taskId").asText()).isEqualTo("t-1");
    assertThat(seen.fields().first("Mcp-Name")).isEqualTo("t-1");
    assertThat(asked("ann.labs", about("one", "tasks/cancel", id)).status()).isEqualTo(200);
    assertThat(body(up.only("tasks/cancel")).at("/params/taskId").asText()).isEqualTo("t-1");
  }

  @Test
  void isNotAskedForWhereItsEraIsNotCalled() {
    String id = begun("ann.labs");
    off.add("2026-07-28");
    RawAnswer answer = asked("ann.labs", about("one", "tasks/get", id));
    assertThat(answer.text()).contains("upstream.mcp.2026-07-28");
    assertThat(up.seen("tasks/get")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ben.labs", "ann.other"})
  void belongsToWhoBeganIt(String stranger) {
    flags.onFor("labs", "other");
    String id = begun("ann.labs");
    RawAnswer made = asked(stranger, about("one", "tasks/get", "p.made-up"));
    RawAnswer answer = asked(stranger, about("one", "tasks/get", id));
    assertThat(answer.code()).isEqualTo(-32602);
    assertThat(answer.text()).as("the same as of what was made up").isEqualTo(made.text());
    assertThat(up.seen("tasks/get")).isEmpty();
  }

  @Test
  void belongsToTheEndpointWhereItBegan() {
    String id = begun("ann.labs");
    assertThat(asked("ann.labs", about("both", "tasks/get", id)).code()).isEqualTo(-32602);
  }

  @Test
  void goesWithThePermissionToCallItsTool() {
    String id = begun("ann.labs");
    road.reload(
        """
        upstreams: { one: { mcp: { url: "%s" } } }
        endpoints: { one: { mcp: { upstreams: [one] } } }
        rules: [ { name: none, allow: { tools: [other] } } ]
        """
            .formatted(up.url()));
    RawAnswer answer = asked("ann.labs", about("one", "tasks/get", id));
    assertThat(answer.json().has("error")).isTrue();
    assertThat(up.seen("tasks/get")).isEmpty();
  }

  @Test
  void findsItsUpstreamBehindAnEndpointWithSeveral() {
    RawAnswer answer = called("ann.labs", "both", "one_echo");
    String id = answer.json().at("/result/taskId").asText();
    assertThat(answer.json().at("/result/resultType").asText()).isEqualTo("task");
    assertThat(
            asked("ann.labs", about("both", "tasks/get", id)).json().at("/result/status").asText())
        .isEqualTo("completed");
    assertThat(body(up.only("tools/call")).at("/params/name").asText()).isEqualTo("echo");
    assertThat(other.seen("tasks/get")).isEmpty();
  }

  @Test
  void isToldOfWhereOneOfSeveralUpstreamsHasIt() {
    String extensions = "/result/capabilities/extensions";
    RawAnswer both = asked("ann.labs", RawRequest.modern("both", "1", "server/discover", ""));
    assertThat(both.json().at(extensions).toString())
        .isEqualTo("{\"io.modelcontextprotocol/tasks\":{}}");
    assertThat(both.json().at("/result/capabilities/tools").isObject()).isTrue();
    RawAnswer undeclared =
        RawCaller.ask(
            road,
            RawRequest.modern("both", "1", "server/discover", "")
                .with("Authorization", "Bearer ann.labs"));
    assertThat(undeclared.json().at(extensions).isMissingNode()).isTrue();
    RawAnswer off = asked("bob.shop", RawRequest.modern("both", "1", "server/discover", ""));
    assertThat(off.json().at(extensions).isMissingNode()).isTrue();
  }

  @Test
  void isJudgedByTheNameThatItsCallerKnows() {
    road.reload(
        """
        upstreams: { one: { mcp: { url: "%s" } }, two: { mcp: { url: "%s" } } }
        endpoints: { both: { mcp: { upstreams: [one, two] } } }
        rules: [ { name: one, allow: { tools: ["one_*"] } } ]
        """
            .formatted(up.url(), other.url()));
    String id = called("ann.labs", "both", "one_echo").json().at("/result/taskId").asText();
    assertThat(asked("ann.labs", about("both", "tasks/get", id)).json().has("result")).isTrue();
  }

  @Test
  void refusesANameInTheHeadThatIsNotThatOfTheBody() {
    String id = begun("ann.labs");
    RawAnswer answer =
        asked("ann.labs", about("one", "tasks/get", id).replaced("Mcp-Name", id + "x"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-32020);
  }

  @Test
  void wantsTheExtensionDeclaredInEachRequest() {
    String id = begun("ann.labs");
    RawAnswer answer =
        RawCaller.ask(road, about("one", "tasks/get", id).with("Authorization", "Bearer ann.labs"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-32021);
  }

  @Test
  void isToldOfWhereItIsThereAndWanted() {
    RawRequest discover = RawRequest.modern("one", "3", "server/discover", "");
    assertThat(asked("ann.labs", discover).json().at("/result/capabilities/extensions"))
        .isEqualTo(RawAnswer.json("{\"io.modelcontextprotocol/tasks\":{}}"));
    assertThat(
            asked("ann.other", discover)
                .json()
                .at("/result/capabilities/extensions")
                .isMissingNode())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void isWhatNobodyKnowsForTenantsThatDoNotHaveIt(String method) {
    RawAnswer unknown = asked("ben.other", about("one", "tasks/nothing", "x"));
    RawAnswer answer = asked("ben.other", about("one", method, "x"));
    assertThat(answer.status()).isEqualTo(unknown.status());
    assertThat(answer.text()).isEqualTo(unknown.text().replace("tasks/nothing", method));
    assertThat(answer.code()).isEqualTo(-32601);
  }

  @Test
  void isNotAskedForOnBehalfOfTenantsThatDoNotHaveIt() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    assertThat(called("ben.other", "one", "echo").status()).isEqualTo(200);
    assertThat(
            body(up.only("tools/call"))
                .at("/params/_meta/io.modelcontextprotocol~1clientCapabilities/extensions")
                .isMissingNode())
        .isTrue();
  }

  @Test
  void isNoTaskWhereTheClientOnlySpeaksOfOne() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    RawRequest speaking =
        RawRequest.call("one", "1", "echo", "{\"text\":\"io.modelcontextprotocol/tasks\"}");
    RawAnswer answer = RawCaller.ask(road, speaking.with("Authorization", "Bearer ann.labs"));
    assertThat(answer.json().at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(
            body(up.only("tools/call"))
                .at("/params/_meta/io.modelcontextprotocol~1clientCapabilities/extensions")
                .isMissingNode())
        .isTrue();
  }

  @Test
  void isNotGivenToWhoMayNotCallTheTool() {
    assertThat(called("mute.labs", "one", "echo").json().has("error")).isTrue();
    assertThat(up.seen("tools/call")).isEmpty();
  }
}
