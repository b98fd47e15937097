package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.protocol.mcp.federation.EndpointCatalog;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An endpoint with an upstream of each era behind it, {@code one} and {@code old}. */
class FederationTest extends OwnRoad {
  private static final String BOTH = "both";
  private static final String WRAPPED = "turnpike:old:a://b";
  private static final String LONG =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"tools\":["
          + "{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\"}}],\"ttlMs\":60000,"
          + "\"cacheScope\":\"public\"}}";

  @Override
  String file() {
    return super.file()
        .replace(
            "endpoints:\n",
            "endpoints:\n  both: { mcp: { upstreams: [one, old] }, anonymous: true }\n");
  }

  private JsonNode result(String method, String params) {
    RawAnswer answer = RawCaller.ask(road, RawRequest.modern(BOTH, "7", method, params));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("id").asInt()).isEqualTo(7);
    return answer.json().path("result");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(entry -> names.add(entry.path("name").asText()));
    return names;
  }

  private static RawRequest call(String tool) {
    return RawRequest.call(BOTH, "7", tool, "{\"a\":1.0}");
  }

  @Test
  void showsTheToolsOfAllUnderTheNamesOfTheirUpstreams() {
    JsonNode list = result("tools/list", "");
    assertThat(names(list.path("tools")))
        .containsExactly(
            "one_echo",
            "one_secret",
            "one_pay",
            "one_region",
            "old_echo",
            "old_secret",
            "old_pay",
            "old_region");
    assertThat(list.path("resultType").asText()).isEqualTo("complete");
    assertThat(list.path("cacheScope").asText()).isEqualTo("private");
    assertThat(list.has("nextCursor")).isFalse();
  }

  @Test
  void callsTheOneThatOwnsTheTool() {
    for (String owner : List.of("one", "old")) {
      RawAnswer answer = RawCaller.ask(road, call(owner + "_echo"));
      assertThat(answer.json().at("/result/content/0/text").asText())
          .as(answer.text())
          .isEqualTo("served");
    }
    assertThat(up.only("tools/call").text())
        .contains("\"name\":\"echo\",\"arguments\":{\"a\":1.0}");
    assertThat(up.only("tools/call").fields().first("mcp-name")).isEqualTo("echo");
    assertThat(old.only("tools/call").text())
        .contains("\"name\":\"echo\",\"arguments\":{\"a\":1.0}");
  }

  @Test
  void knowsNoOtherNames() {
    for (String name : List.of("echo", "one_nothing", "old_one_echo", "three_echo", "_echo")) {
      RawAnswer answer = RawCaller.ask(road, call(name));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.code()).isEqualTo(-32602);
    }
    assertThat(
            Stream.concat(up.seen().stream(), old.seen().stream())
                .filter(seen -> seen.rpcMethod().equals("tools/call")))
        .isEmpty();
  }

  @Test
  void judgesTheNamesThatAreShown() {
    road.reload(
        file()
            + "  - name: none\n    deny: { endpoints: [both], tools: [one_pay] }\n"
            + "  - name: old\n    deny: { endpoints: [both], tools: [\"*secret\"] }\n"
            + "    when: 'call.upstream == \"old\"'\n");
    assertThat(names(result("tools/list", "").path("tools")))
        .contains("one_secret", "old_pay")
        .doesNotContain("one_pay", "old_secret");
    assertThat(RawCaller.ask(road, call("one_pay")).code()).isEqualTo(-32602);
    assertThat(RawCaller.ask(road, call("old_secret")).code()).isEqualTo(-32602);
    assertThat(RawCaller.ask(road, call("one_secret")).code()).isZero();
  }

  @Test
  void saysWhatAllOfThemCanDo() {
    JsonNode server = result("server/discover", "");
    assertThat(server.at("/capabilities/tools/listChanged").asBoolean()).isTrue();
    assertThat(server.at("/capabilities/prompts").isObject()).isTrue();
    assertThat(server.at("/supportedVersions/0").asText()).isEqualTo("2026-07-28");
  }

  @Test
  void doesWithoutOneThatIsDownAndTakesItBack() {
    old.on("initialize", Scripts.status(500));
    JsonNode list = result("tools/list", "");
    assertThat(names(list.path("tools"))).hasSize(4).allMatch(name -> name.startsWith("one_"));
    assertThat(list.path("ttlMs").asInt()).isLessThanOrEqualTo(5_000);
  }

  @Test
  void asksAgainOnlyWhereAListHasChangedOrItsTimeIsOver() {
    old.on(
        "tools/call",
        Scripts.events(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}",
            Scripts.RESULT));
    up.on("tools/list", Scripts.json(LONG));
    up.on(
        "server/discover",
        Scripts.json(FakeUpstream.DISCOVERED.replace("\"ttlMs\":1,", "\"ttlMs\":60000,")));
    for (int i = 0; i < 3; i++) {
      assertThat(names(result("tools/list", "").path("tools"))).hasSize(5);
    }
    assertThat(asked(up)).isEqualTo(1);
    assertThat(asked(old)).isEqualTo(1);
    assertThat(RawCaller.ask(road, call("old_echo")).code()).isZero();
    assertThat(names(result("tools/list", "").path("tools"))).hasSize(5);
    assertThat(asked(up)).isEqualTo(1);
    assertThat(asked(old)).isEqualTo(2);
  }

  private static long asked(FakeUpstream upstream) {
    return Stream.concat(upstream.seen().stream(), upstream.inquiries().stream())
        .filter(seen -> seen.rpcMethod().equals("tools/list"))
        .count();
  }

  @Test
  void wrapsAUriThatTwoHaveForTheSecondWhereverItStands() {
    String listed =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resources\":[{\"uri\":\"a://b\",\"name\":\"r\"}]}}";
    up.on("resources/list", Scripts.json(listed));
    old.on("resources/list", Scripts.json(listed));
    JsonNode resources = result("resources/list", "").path("resources");
    assertThat(resources).extracting(r -> r.path("uri").asText()).containsExactly("a://b", WRAPPED);
    old.on(
        "resources/read",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"contents\":[{\"uri\":\"a://b\",\"text\":\"a://b\"}]}}"));
    RawRequest read =
        RawRequest.modern(BOTH, "7", "resources/read", "\"uri\":\"" + WRAPPED + "\"")
            .with("Mcp-Name", WRAPPED);
    JsonNode contents = RawCaller.ask(road, read).json().at("/result/contents/0");
    assertThat(contents.path("uri").asText()).isEqualTo(WRAPPED);
    assertThat(contents.path("text").asText()).isEqualTo("a://b");
    assertThat(old.only("resources/read").text()).contains("\"uri\":\"a://b\"");
    old.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[{\"type\":\"resource_link\",\"uri\":\"a://b\",\"name\":\"r\"},"
                + "{\"type\":\"resource\",\"resource\":{\"uri\":\"a://b\",\"text\":\"\"}},{\"type\":\"resource_link\",\"uri\":\"a://c\",\"name\":\"r\"}]}}"));
    JsonNode content = RawCaller.ask(road, call("old_echo")).json().at("/result/content");
    assertThat(content.at("/0/uri").asText()).isEqualTo(WRAPPED);
    assertThat(content.at("/1/resource/uri").asText()).isEqualTo(WRAPPED);
    assertThat(content.at("/2/uri").asText()).isEqualTo("a://c");
  }

  @Test
  void wrapsWhatATemplateOfTheSecondMakes() {
    String listed =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resourceTemplates\":[{\"uriTemplate\":\"a://{x}/c\",\"name\":\"r\"}]}}";
    up.on("resources/templates/list", Scripts.json(listed));
    old.on("resources/templates/list", Scripts.json(listed));
    for (String uri : List.of("a://b/c", "turnpike:old:a://b/c")) {
      for (FakeUpstream one : List.of(up, old)) {
        one.on(
            "resources/read",
            Scripts.json(
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"contents\":[{\"uri\":\"a://b/c\",\"text\":\"t\"}]}}"));
      }
      RawRequest read =
          RawRequest.modern(BOTH, "7", "resources/read", "\"uri\":\"" + uri + "\"")
              .with("Mcp-Name", uri);
      assertThat(RawCaller.ask(road, read).json().at("/result/contents/0/uri").asText())
          .isEqualTo(uri);
    }
    assertThat(up.only("resources/read").text()).contains("\"a://b/c\"");
    assertThat(old.only("resources/read").text()).contains("\"a://b/c\"");
    for (FakeUpstream one : List.of(up, old)) {
      one.on(
          "tools/call",
          Scripts.json(
              "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[{\"type\":\"resource_link\",\"uri\":\"a://b/c\",\"name\":\"r\"},"
                  + "{\"type\":\"resource_link\",\"uri\":\"a://b/d/c\",\"name\":\"r\"}]}}"));
    }
    JsonNode first = RawCaller.ask(road, call("one_echo")).json().at("/result/content");
    assertThat(first).extracting(link -> link.path("uri").asText()).first().isEqualTo("a://b/c");
    JsonNode second = RawCaller.ask(road, call("old_echo")).json().at("/result/content");
    assertThat(second)
        .extracting(link -> link.path("uri").asText())
        .containsExactly("turnpike:old:a://b/c", "a://b/d/c");
    RawRequest none =
        RawRequest.modern(BOTH, "7", "resources/read", "\"uri\":\"a://b/d/c\"")
            .with("Mcp-Name", "a://b/d/c");
    assertThat(RawCaller.ask(road, none).code()).isEqualTo(-32602);
  }

  @Test
  void asksNothingAnewForWhatClientsMayDeclareBesides() {
    up.on("tools/list", Scripts.json(LONG));
    up.on(
        "server/discover",
        Scripts.json(FakeUpstream.DISCOVERED.replace("\"ttlMs\":1,", "\"ttlMs\":60000,")));
    for (int i = 0; i < 5; i++) {
      RawRequest plain = RawRequest.modern(BOTH, "7", "tools/list", "");
      String body = plain.body().text();
      RawRequest other =
          plain.body(
              body.replace(
                  "clientCapabilities\":{}",
                  "clientCapabilities\":{\"experimental\":{\"x"
                      + i
                      + "\":{}},\"roots\":{\"y\":"
                      + i
                      + "}}"));
      assertThat(RawCaller.ask(road, other).json().at("/result/tools")).hasSize(5);
    }
    assertThat(asked(up)).isEqualTo(1);
  }

  @Test
  void saysToAdministratorsWhatThereIsAndWhatIsLeftOut() {
    old.on("initialize", Scripts.status(500));
    List<EndpointCatalog> all = road.gateway().catalog().orTimeout(10, TimeUnit.SECONDS).join();
    EndpointCatalog both =
        all.stream().filter(one -> one.endpoint().equals(BOTH)).findFirst().orElseThrow();
    JsonNode json = RawAnswer.json(both.json());
    assertThat(json.at("/upstreams/0/name").asText()).isEqualTo("one");
    assertThat(json.at("/upstreams/0/era").asText()).isEqualTo("modern");
    assertThat(json.at("/upstreams/0/up").asBoolean()).isTrue();
    assertThat(json.at("/upstreams/1/up").asBoolean()).isFalse();
    assertThat(json.at("/upstreams/1/trouble").asText())
        .isEqualTo("did not open a session (status 500)");
    assertThat(json.at("/targets/0").toString())
        .isEqualTo(
            "{\"kind\":\"tool\",\"name\":\"one_echo\",\"upstream\":\"one\",\"original\":\"echo\","
                + "\"definition\":{\"name\":\"one_echo\",\"inputSchema\":{\"type\":\"object\"}}}");
    EndpointCatalog alone =
        all.stream().filter(one -> one.endpoint().equals("one")).findFirst().orElseThrow();
    assertThat(alone.targets().getFirst().name()).isEqualTo("echo");
  }

  @Test
  void keepsTheMirroredArgumentsOfTheOwner() {
    RawRequest bare = RawRequest.call(BOTH, "7", "one_region", "{\"region\":\"eu\"}");
    RawAnswer refused = RawCaller.ask(road, bare);
    assertThat(refused.code()).isEqualTo(-32020);
    assertThat(RawCaller.ask(road, bare.with("Mcp-Param-Region", "eu")).code()).isZero();
    assertThat(up.only("tools/call").fields().first("mcp-param-region")).isEqualTo("eu");
  }
}
