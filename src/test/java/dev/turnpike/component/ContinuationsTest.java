package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A legacy upstream asks in the middle of a call, and a modern caller comes back with the answer.
 */
class ContinuationsTest extends OwnRoad {
  private static final String FORM =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"elicitation/create\",\"params\":"
          + "{\"message\":\"Who?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";
  private static final String ROOTS = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"roots/list\"}";
  private static final String GIVEN = "{\"action\":\"accept\",\"content\":{\"n\":1.0}}";

  private static final int TRIES = 8;

  private final CountDownLatch answered = new CountDownLatch(1);

  private void asks(String... questions) {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          for (String question : questions) {
            line.event(question);
          }
          line.await(answered);
          line.event(Scripts.RESULT);
          line.end();
        });
  }

  private static RawRequest call(String id, String arguments, String more) {
    RawRequest plain = RawRequest.call("old", id, "echo", arguments);
    String body = plain.body().text();
    return plain.body(
        body.replace(
                "clientCapabilities\":{}", "clientCapabilities\":{\"elicitation\":{},\"roots\":{}}")
            .replace("\"arguments\":" + arguments, "\"arguments\":" + arguments + more));
  }

  private static String back(String state, String responses) {
    return ",\"requestState\":\"" + state + "\",\"inputResponses\":{" + responses + "}";
  }

  private JsonNode asked(RawRequest request) {
    RawAnswer answer = RawCaller.ask(road, request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode result = answer.json().path("result");
    assertThat(result.path("resultType").asText()).as(answer.text()).isEqualTo("input_required");
    return result;
  }

  private String state() {
    return asked(call("1", "{}", "")).path("requestState").asText();
  }

  private void refused(RawRequest request) {
    RawAnswer answer = RawCaller.ask(road, request);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-32602);
  }

  private List<Seen> told(String word) {
    return old.seen().stream().filter(seen -> seen.text().contains(word)).toList();
  }

  private void finish(String state, String responses) {
    answered.countDown();
    RawAnswer served = RawCaller.ask(road, call("99", "{}", back(state, responses)));
    assertThat(served.json().at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(served.json().path("id").asInt()).isEqualTo(99);
  }

  @Test
  void goesOnWithTheAnswer() {
    asks(FORM);
    JsonNode required = asked(call("1", "{}", ""));
    assertThat(required.at("/inputRequests/r1/method").asText()).isEqualTo("elicitation/create");
    assertThat(required.at("/inputRequests/r1/params/message").asText()).isEqualTo("Who?");
    finish(required.path("requestState").asText(), "\"r1\":" + GIVEN);
    Eventually.holds("the answer", () -> !told("\"q-1\"").isEmpty());
    Seen answer = told("\"q-1\"").getFirst();
    assertThat(answer.text())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"result\":" + GIVEN + "}");
    assertThat(old.seen("tools/call")).hasSize(1);
    assertThat(told("requestState")).as("the state is Turnpike's own").isEmpty();
    assertThat(told("clientCapabilities")).isEmpty();
  }

  @Test
  void asksTogetherWhatIsAskedTogetherAndAgainForWhatIsLeftOut() {
    asks(FORM, ROOTS);
    JsonNode both = asked(call("1", "{}", ""));
    assertThat(both.path("inputRequests")).hasSize(2);
    String state = both.path("requestState").asText();
    JsonNode one = asked(call("2", "{}", back(state, "\"r1\":" + GIVEN + ",\"x\":1")));
    assertThat(one.path("inputRequests")).hasSize(1);
    assertThat(one.at("/inputRequests/r2/method").asText()).isEqualTo("roots/list");
    refused(call("3", "{}", back(state, "\"r1\":" + GIVEN)));
    finish(one.path("requestState").asText(), "\"r2\":{\"roots\":[]}");
    Eventually.holds(
        "both answers", () -> told("\"q-1\"").size() == 1 && told("{\"roots\":[]}").size() == 1);
  }

  @Test
  void isTakenOnceAndForTheSameCallOnly() {
    asks(FORM);
    String state = state();
    String responses = "\"r1\":" + GIVEN;
    refused(call("2", "{\"other\":1}", back(state, responses)));
    refused(
        call("2", "{}", back(state, responses))
            .body(call("2", "{}", back(state, responses)).body().text().replace("echo", "pay"))
            .replaced("Mcp-Name", "pay"));
    for (int at = 0; at < state.length(); at += 7) {
      char other = state.charAt(at) == 'A' ? 'B' : 'A';
      String broken = state.substring(0, at) + other + state.substring(at + 1);
      refused(call("2", "{}", back(broken, responses)));
    }
    refused(call("2", "{}", back("", responses)));
    refused(call("2", "{}", back("p.AAAA", responses)));
    refused(call("2", "{}", back(state, responses)).path("/mcp/older"));
    finish(state, responses);
    refused(call("3", "{}", back(state, responses)));
    assertThat(old.seen("tools/call")).hasSize(1);
  }

  @Test
  void keepsTheOrderOfMembersOutOfTheQuestionWhetherACallIsTheSame() {
    asks(FORM);
    String state =
        asked(call("1", "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", "")).path("requestState").asText();
    answered.countDown();
    RawAnswer served =
        RawCaller.ask(
            road, call("2", "{\"b\":{\"d\":3,\"c\":2},\"a\":1}", back(state, "\"r1\":" + GIVEN)));
    assertThat(served.json().at("/result/resultType").asText()).isEqualTo("complete");
  }

  @Test
  void saysWhichCapabilityIsMissingAndTellsTheUpstream() {
    asks(FORM);
    RawAnswer answer = RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-32021);
    assertThat(answer.json().at("/error/data/requiredCapabilities/elicitation").isObject())
        .isTrue();
    Eventually.holds("an error to the question", () -> !told("\"id\":\"q-1\",\"error\"").isEmpty());
    Eventually.holds("the call is cancelled", () -> !told("notifications/cancelled").isEmpty());
  }

  @Test
  void refusesWhatIsAskedWhereNothingMayBe() {
    old.on(
        "tools/list",
        (_, line) -> {
          line.events();
          line.event(FORM);
          line.event("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
          line.event("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"tools\":[]}}");
          line.end();
        });
    RawAnswer answer = RawCaller.ask(road, RawRequest.modern("old", "1", "tools/list", ""));
    assertThat(answer.json().at("/result/tools").isArray()).isTrue();
    Eventually.holds("an error to the question", () -> told("-32601").size() == 1);
    Eventually.holds("an answer to the ping", () -> told("\"id\":\"p\",\"result\":{}").size() == 1);
  }

  @Test
  void failsWhereTheUpstreamHasGoneMeanwhile() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(FORM);
          line.await(answered);
          line.close();
        });
    String state = state();
    answered.countDown();
    RawAnswer answer = RawCaller.ask(road, call("2", "{}", back(state, "\"r1\":" + GIVEN)));
    assertThat(answer.status()).isEqualTo(502);
    refused(call("3", "{}", back(state, "\"r1\":" + GIVEN)));
  }

  @Test
  void isGivenUpAfterItsTimeAndTheUpstreamIsTold() {
    road.close();
    road = Road.serving(file(), settings(AcceptLimits.DEFAULT, 8, 100, Duration.ofMillis(50)));
    asks(FORM);
    String state = state();
    Eventually.holds("the call is cancelled", () -> !told("notifications/cancelled").isEmpty());
    assertThat(told("\"id\":\"q-1\",\"error\"")).hasSize(1);
    refused(call("2", "{}", back(state, "\"r1\":" + GIVEN)));
    answered.countDown();
  }

  @Test
  void isGivenUpWhereTheGatewayEnds() {
    asks(FORM);
    state();
    road.gateway().drain(Duration.ofMillis(50));
    Eventually.holds("the call is cancelled", () -> !told("notifications/cancelled").isEmpty());
    answered.countDown();
  }

  @Test
  void isGivenBackWhereALimitSaidNoToTheAnswer() {
    road.close();
    road = Road.serving(file(), settings(AcceptLimits.DEFAULT, 8, 1));
    asks(FORM);
    String state = state();
    CountDownLatch gate = new CountDownLatch(1);
    old.on("prompts/get", Scripts.gated(gate, Scripts.RESULT));
    RawCaller other =
        asking(
            RawRequest.modern("old", "5", "prompts/get", "\"name\":\"p\"").with("Mcp-Name", "p"));
    Eventually.holds("it is under way", () -> old.seen("prompts/get").size() == 1);
    RawRequest back = call("2", "{}", back(state, "\"r1\":" + GIVEN));
    assertThat(RawCaller.ask(road, back).status()).isEqualTo(429);
    gate.countDown();
    assertThat(other.answer().status()).isEqualTo(200);
    finish(state, "\"r1\":" + GIVEN);
  }

  @Test
  void isGivenBackWhereARuleSaidNoToTheAnswer() {
    asks(FORM);
    String state = state();
    road.reload(file() + "  - name: none\n    deny: { tools: [echo] }\n");
    refused(call("2", "{}", back(state, "\"r1\":" + GIVEN)));
    road.reload(file());
    finish(state, "\"r1\":" + GIVEN);
  }

  @Test
  void isUnavailableWhereTheUpstreamHasForgottenTheSessionAndOpensNoOther() {
    RawCaller.ask(road, call("1", "{}", ""));
    old.on("tools/call", Scripts.status(404));
    old.on("initialize", Scripts.status(500));
    assertThat(RawCaller.ask(road, call("2", "{}", "")).status()).isEqualTo(502);
  }

  @Test
  void keepsNoCapabilitiesWithoutMeasure() {
    RawRequest plain = call("1", "{}", "");
    String large = "{\"experimental\":{\"a\":\"" + "x".repeat(17_000) + "\"}}";
    RawRequest request =
        plain.body(plain.body().text().replace("{\"elicitation\":{},\"roots\":{}}", large));
    assertThat(RawCaller.ask(road, request).code()).isEqualTo(-32602);
    assertThat(old.inquiries()).noneMatch(seen -> seen.rpcMethod().equals("initialize"));
  }

  @Test
  void tellsTheUpstreamWhereTheCallerLeaves() {
    old.on("tools/call", Scripts.hangInStream());
    RawCaller caller = kept(RawCaller.to(road)).send(call("1", "{}", ""));
    Eventually.holds("it is under way", () -> old.seen("tools/call").size() == 1);
    caller.hangUp();
    Eventually.holds("it is cancelled", () -> told("notifications/cancelled").size() == 1);
    String id = old.seen("tools/call").getFirst().id();
    assertThat(told("notifications/cancelled").getFirst().text())
        .contains("\"requestId\":" + id + ",");
  }

  @Test
  void opensAnotherSessionWhereTheUpstreamHasForgottenTheFirst() {
    old.on("tools/call", Scripts.inTurn(Scripts.status(404), Scripts.json(Scripts.RESULT)));
    RawAnswer answer = RawCaller.ask(road, call("1", "{}", ""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(old.inquiries().stream().filter(seen -> seen.rpcMethod().equals("initialize")))
        .hasSize(2);
    assertThat(old.seen("tools/call")).hasSize(2);
  }

  @Test
  void opensAUrlFirstWhereTheUpstreamWantsThat() {
    old.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32042,\"message\":\"first\","
                + "\"data\":{\"elicitations\":[{\"mode\":\"url\",\"elicitationId\":\"e\","
                + "\"url\":\"https://example.com/\",\"message\":\"Sign in\"}]}}}"));
    RawRequest able = call("1", "{}", "");
    able =
        able.body(able.body().text().replace("\"elicitation\":{}", "\"elicitation\":{\"url\":{}}"));
    JsonNode required = asked(able);
    assertThat(required.at("/inputRequests/u1/params/url").asText())
        .isEqualTo("https://example.com/");
    assertThat(required.at("/inputRequests/u1/params").has("elicitationId")).isFalse();
    RawRequest again =
        able.body(
            able.body()
                .text()
                .replace(
                    "\"arguments\":{}",
                    "\"arguments\":{}"
                        + back(required.path("requestState").asText(), "\"u1\":" + GIVEN)));
    for (int i = 1; i < 8; i++) {
      String state = asked(again).path("requestState").asText();
      again =
          again.body(
              again
                  .body()
                  .text()
                  .replaceAll("requestState\":\"[^\"]*", "requestState\":\"" + state));
    }
    RawAnswer last = RawCaller.ask(road, again);
    assertThat(last.code()).as("it is not asked for ever").isEqualTo(-32603);
    assertThat(RawCaller.ask(road, call("2", "{}", "")).code()).isEqualTo(-32021);
  }

  @Test
  void isServedOnceWhereItIsTriedSeveralTimesAtOnce() throws Exception {
    asks(FORM);
    RawRequest back = call("2", "{}", back(state(), "\"r1\":" + GIVEN));
    CyclicBarrier together = new CyclicBarrier(TRIES);
    List<RawAnswer> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<RawAnswer>> tries =
          Collections.nCopies(
              TRIES,
              () -> {
                together.await();
                answered.countDown();
                return RawCaller.ask(road, back);
              });
      answers = threads.invokeAll(tries).stream().map(Future::resultNow).toList();
    }
    assertThat(answers.stream().filter(one -> one.code() == 0)).hasSize(1);
    assertThat(answers.stream().filter(one -> one.code() == -32602)).hasSize(TRIES - 1);
    assertThat(told("\"q-1\"")).hasSize(1);
    assertThat(old.seen("tools/call")).hasSize(1);
  }

  @Test
  void isOverWhereTheCallerComesBackAndIsGoneAgain() {
    asks(FORM);
    RawRequest back = call("2", "{}", back(state(), "\"r1\":" + GIVEN));
    RawCaller caller = kept(RawCaller.to(road)).send(back);
    Eventually.holds("the answer is told", () -> told("\"q-1\"").size() == 1);
    caller.hangUp();
    Eventually.holds("it is cancelled", () -> told("notifications/cancelled").size() == 1);
    refused(back);
    answered.countDown();
  }

  @Test
  void isCountedOnceHoweverManyRoundsItTakes() {
    road.reload(
        file()
            + """
            budgets:
              - { name: one, per: caller.workload.id, limit: 1, window: 1h, unit: calls }
            """);
    asks(FORM, ROOTS);
    String state = asked(call("1", "{}", "")).path("requestState").asText();
    JsonNode again = asked(call("2", "{}", back(state, "\"r1\":" + GIVEN)));
    assertThat(RawCaller.ask(road, call("3", "{}", "")).status()).isEqualTo(429);
    assertThat(RawCaller.ask(road, call("3", "{}", back("made-up", ""))).code()).isEqualTo(-32602);
    answered.countDown();
    RawAnswer served =
        RawCaller.ask(
            road,
            call("4", "{}", back(again.path("requestState").asText(), "\"r2\":{\"roots\":[]}")));
    assertThat(served.json().at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(served.fields().first("RateLimit")).startsWith("\"one\";r=0;t=");
  }

  @Test
  void takesUpAStreamThatTheUpstreamClosedWhileTheCallerThought() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event("e-1", FORM);
          line.chunk("retry: 1\n\n");
          line.await(answered);
          line.end();
        });
    old.on("GET", Scripts.events(Scripts.RESULT.replace("$id", "\"turnpike-1\"")));
    finish(state(), "\"r1\":" + GIVEN);
    Seen get = old.only("GET");
    assertThat(get.fields().first("last-event-id")).isEqualTo("e-1");
  }
}
