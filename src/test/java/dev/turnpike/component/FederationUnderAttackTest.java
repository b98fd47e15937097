package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must not be got round, mixed up or lost behind an endpoint with several upstreams. */
class FederationUnderAttackTest extends OwnRoad {
  private static final String BOTH = "both";
  private static final String ASKS = "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"roots/list\"}";

  private FakeUpstream third = FakeUpstream.legacy("2025-11-25");

  @Override
  String file() {
    if (third == null) {
      // asked for while the fields of this class are not set yet
      third = FakeUpstream.legacy("2025-11-25");
    }
    return super.file()
        .replace(
            "endpoints:\n",
            "  third: { mcp: { url: \"%s\", timeout: 5s } }\nendpoints:\n".formatted(third.url())
                + "  both: { mcp: { upstreams: [one, old, third] }, anonymous: true }\n");
  }

  @BeforeEach
  void allIsWell() {
    road.reload(file());
  }

  @AfterEach
  void closeTheThird() {
    third.close();
  }

  private static Script listed(String member, String entry) {
    return Scripts.json(
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"" + member + "\":[" + entry + "]}}");
  }

  private RawAnswer read(String uri) {
    return RawCaller.ask(
        road,
        RawRequest.modern(BOTH, "7", "resources/read", "\"uri\":\"" + uri + "\"")
            .with("Mcp-Name", uri));
  }

  @Test
  void aRuleOverAResourceHoldsUnderEveryUriThatIsMadeOfIt() {
    up.on(
        "resources/templates/list",
        listed("resourceTemplates", "{\"uriTemplate\":\"{scheme}://{+path}\",\"name\":\"any\"}"));
    old.on("resources/list", listed("resources", "{\"uri\":\"file:///secret/x\",\"name\":\"x\"}"));
    third.on(
        "resources/list", listed("resources", "{\"uri\":\"file:///secret/x\",\"name\":\"x\"}"));
    road.reload(file() + "  - name: secret\n    deny: { resources: [\"file:///secret/**\"] }\n");
    for (String uri :
        List.of(
            "file:///secret/x",
            "turnpike:one:file:///secret/x",
            "turnpike:old:file:///secret/x",
            "turnpike:third:file:///secret/x")) {
      RawAnswer answer = read(uri);
      assertThat(answer.text()).as(uri).doesNotContain("\"result\"");
    }
    for (FakeUpstream one : List.of(up, old, third)) {
      assertThat(one.seen("resources/read"))
          .noneMatch(it -> it.text().contains("\"file:///secret/x\""));
    }
    JsonNode list = RawCaller.ask(road, RawRequest.modern(BOTH, "7", "resources/list", "")).json();
    assertThat(list.at("/result/resources")).isEmpty();
  }

  @Test
  void aStateOfOneToolIsNoneOfAnother() {
    for (FakeUpstream one : List.of(old, third)) {
      one.on("tools/call", Scripts.hangInStream(ASKS));
    }
    RawRequest first = able("old_echo", "");
    String state = RawCaller.ask(road, first).json().at("/result/requestState").asText();
    assertThat(state).isNotEmpty();
    String back = ",\"requestState\":\"" + state + "\",\"inputResponses\":{\"r1\":{\"roots\":[]}}";
    assertThat(RawCaller.ask(road, able("third_echo", back)).code()).isEqualTo(-32602);
    road.gateway().drain(java.time.Duration.ofMillis(1));
  }

  private static RawRequest able(String tool, String more) {
    RawRequest plain = RawRequest.call(BOTH, "1", tool, "{}");
    return plain.body(
        plain
            .body()
            .text()
            .replace("clientCapabilities\":{}", "clientCapabilities\":{\"roots\":{}}")
            .replace("\"arguments\":{}", "\"arguments\":{}" + more));
  }

  private String open() {
    return RawCaller.session(road, BOTH, "2025-11-25");
  }

  private static RawRequest in(String session, String method, String params) {
    return RawRequest.legacy(BOTH, session, RawRequest.legacyBody("7", method, params));
  }

  @Test
  void manySessionsOfOneCallerDoNotEndEachOther() {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      String session = open();
      sessions.add(session);
      assertThat(RawCaller.ask(road, in(session, "tools/call", "{\"name\":\"old_echo\"}")).code())
          .isZero();
    }
    assertThat(old.seen("DELETE")).isEmpty();
    assertThat(
            RawCaller.ask(road, in(sessions.getFirst(), "tools/call", "{\"name\":\"old_echo\"}"))
                .code())
        .isZero();
    for (String session : sessions) {
      RawCaller.ask(road, RawRequest.get(BOTH, session).method("DELETE"));
    }
    Eventually.holds("each is ended with its own", () -> old.seen("DELETE").size() == 70);
  }

  @Test
  void changesOfAWrappedResourceAreToldUnderTheUriThatIsShown() {
    String same = "{\"uri\":\"a://b\",\"name\":\"r\"}";
    for (FakeUpstream one : List.of(up, old, third)) {
      one.on("resources/list", listed("resources", same));
    }
    String updated =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"a://b\"}}";
    third.on("GET", Scripts.hangInStream());
    String session = open();
    RawCaller stream = asking(RawRequest.get(BOTH, session)).head();
    String shown = "turnpike:third:a://b";
    assertThat(
            RawCaller.ask(road, in(session, "resources/subscribe", "{\"uri\":\"" + shown + "\"}"))
                .code())
        .isZero();
    assertThat(third.only("resources/subscribe").text()).contains("\"uri\":\"a://b\"");
    third.on("tools/call", Scripts.events(updated, Scripts.RESULT));
    RawCaller.ask(road, in(session, "tools/call", "{\"name\":\"third_echo\"}"));
    assertThat(RawAnswer.json(stream.data()).at("/params/uri").asText()).isEqualTo(shown);
    RawCaller.ask(road, RawRequest.get(BOTH, session).method("DELETE"));
  }

  @Test
  void anUpstreamThatWasStartedAnewIsNotLeftOut() {
    for (int status : new int[] {404, 400}) {
      assertThat(tools()).hasSize(12);
      third.on(
          "tools/call",
          Scripts.events(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}",
              Scripts.RESULT));
      RawCaller.ask(road, RawRequest.call(BOTH, "1", "third_echo", "{}"));
      Script refused =
          Scripts.status(
              status,
              "",
              "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no session\"}}");
      Script listed = listed("tools", "{\"name\":\"fresh\",\"inputSchema\":{\"type\":\"object\"}}");
      third.on("tools/list", Scripts.inTurn(refused, listed));
      assertThat(tools()).hasSize(9);
      third.forget();
      RawCaller.ask(road, RawRequest.call(BOTH, "1", "third_fresh", "{}"));
      third.on(
          "tools/call",
          Scripts.events(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}",
              Scripts.RESULT));
      RawCaller.ask(road, RawRequest.call(BOTH, "1", "third_fresh", "{}"));
    }
  }

  private JsonNode tools() {
    return RawCaller.ask(road, RawRequest.modern(BOTH, "7", "tools/list", ""))
        .json()
        .at("/result/tools");
  }

  @Test
  void aNameThatTheAdministratorGaveToOneToolIsNoOthers() {
    road.reload(
        file()
            .replace(
                "upstreams: [one, old, third] }",
                "upstreams: [one, old, third], tools: { edit: [{ tool: old_pay, name: one_echo }] } }"));
    assertThat(tools()).hasSize(12);
    assertThat(RawCaller.ask(road, RawRequest.call(BOTH, "1", "one_echo", "{}")).code()).isZero();
    assertThat(old.only("tools/call").text()).contains("\"name\":\"pay\"");
    assertThat(up.seen("tools/call")).isEmpty();
  }
}
