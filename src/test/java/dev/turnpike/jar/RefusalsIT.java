package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.KubernetesIssuer;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What holders of a real Keycloak's tokens are refused after they are known, in both eras. */
@EnabledIf("dev.turnpike.testkit.KeycloakServer#isHere")
class RefusalsIT {
  private static final String HERE = "https://gateway.example";
  private static final String OPENING =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}";

  @TempDir private static Path folder;
  private static KeycloakServer keycloak;
  private static FakeUpstream up;
  private static Jar jar;
  private static String ann;

  @BeforeAll
  static void start() throws IOException {
    keycloak = KeycloakServer.start(HERE);
    up = FakeUpstream.modern();
    ann = keycloak.ofUser("ann").path("access_token").asText();
    jar =
        Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", file().toString()),
                List.of(
                    "-Dquarkus.oidc.auth-server-url=" + keycloak.issuer(),
                    "-Dturnpike.public-url=" + HERE))
            .ready();
  }

  private static Path file() throws IOException {
    return Files.writeString(
        folder.resolve("turnpike.yaml"),
        """
        upstreams:
          up: { mcp: { url: "%s", revision: modern, timeout: 1s } }
          away: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern } }
        endpoints:
          tools: { mcp: { upstreams: [up] } }
          away: { mcp: { upstreams: [away] } }
        rules:
          - name: readers-refund-a-little
            allow: { tools: [refund] }
            when: '"readers" in caller.groups && args.amount <= 100'
          - name: readers-use-the-rest
            allow: { tools: [echo, paid, slow] }
            when: '"readers" in caller.groups'
        budgets:
          - name: one-each
            per: caller.subject
            match: { tools: [paid] }
            limit: 1
            unit: calls
            window: 1h
        """
            .formatted(up.url(), KeycloakServer.free()));
  }

  @AfterAll
  static void end() {
    try (KeycloakServer _ = keycloak;
        FakeUpstream _ = up;
        Jar _ = jar) {
      assertThat(folder).exists();
    }
  }

  @BeforeEach
  void forget() {
    up.forget();
  }

  private static RawAnswer ask(RawRequest request) {
    return askAt(jar, request, ann);
  }

  private static RawAnswer askAt(Jar at, RawRequest request, String token) {
    try (RawCaller caller = RawCaller.to(at.port())) {
      return caller
          .send(request.replaced("Host", "localhost").with("Authorization", "Bearer " + token))
          .answer();
    }
  }

  private static RawAnswer modern(String endpoint, String tool, String arguments) {
    return ask(RawRequest.call(endpoint, "7", tool, arguments));
  }

  private static RawAnswer legacy(String endpoint, String tool, String arguments) {
    RawAnswer opened =
        ask(RawRequest.post(endpoint, RawRequest.legacyBody("0", "initialize", OPENING)));
    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    String params = "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments);
    return ask(
        RawRequest.legacy(
            endpoint,
            opened.fields().first("mcp-session-id"),
            RawRequest.legacyBody("7", "tools/call", params)));
  }

  private static void is(RawAnswer answer, int status, int code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
  }

  @Test
  void argumentsThatNoRuleAllowsAreNamedInAResult() {
    assertThat(modern("tools", "refund", "{\"amount\":100}").json().has("result")).isTrue();
    up.forget();
    for (RawAnswer answer :
        List.of(
            modern("tools", "refund", "{\"amount\":101}"),
            legacy("tools", "refund", "{\"amount\":101}"))) {
      is(answer, 200, 0);
      assertThat(answer.json().at("/result/isError").asBoolean()).isTrue();
      assertThat(answer.json().at("/result/content/0/text").asText()).contains("amount");
    }
    assertThat(up.seen("tools/call")).isEmpty();
  }

  @Test
  void eachSubjectHasABudgetOfItsOwn() {
    assertThat(modern("tools", "paid", "{}").json().has("result")).isTrue();
    for (RawAnswer over : List.of(modern("tools", "paid", "{}"), legacy("tools", "paid", "{}"))) {
      is(over, 429, -31429);
      assertThat(over.fields().first("retry-after")).matches("\\d+");
      assertThat(over.fields().first("ratelimit")).startsWith("\"one-each\";r=0;t=");
      assertThat(over.json().at("/error/data/budget").asText()).isEqualTo("one-each");
      assertThat(over.json().at("/error/data/limit").asInt()).isEqualTo(1);
      assertThat(over.json().at("/error/data/remaining").asInt(-1)).isZero();
      assertThat(over.json().at("/error/data/resetSeconds").asInt()).isPositive();
    }
    String ben = keycloak.ofUser("ben").path("access_token").asText();
    is(askAt(jar, RawRequest.call("tools", "7", "paid", "{}"), ben), 200, 0);
  }

  @Test
  void anUpstreamThatIsNotThereOrSaysNothingIsTold() {
    is(modern("away", "echo", "{}"), 502, -31502);
    assertThat(modern("away", "echo", "{}").json().at("/error/data/reason").asText()).isNotEmpty();
    up.on("tools/call", Scripts.hang());
    is(modern("tools", "slow", "{}"), 504, -31504);
    is(legacy("tools", "slow", "{}"), 200, -31504);
    for (int i = 0; i < 40; i++) {
      modern("away", "echo", "{}");
    }
    // by now it is not even tried
    is(modern("away", "echo", "{}"), 503, -31503);
  }

  @Test
  void whatIsMalformedIsRefusedAsTheRevisionSays() {
    RawRequest echo = RawRequest.call("tools", "7", "echo", "{}");
    is(ask(echo.replaced("Mcp-Name", "refund")), 400, -32020);
    is(ask(echo.replaced("Mcp-Method", "tools/list")), 400, -32020);
    is(ask(echo.replaced("MCP-Protocol-Version", "2199-01-01")), 400, -32020);
    is(ask(RawRequest.modern("tools", "7", "tools/nothing", "")), 404, -32601);
    is(ask(RawRequest.post("tools", "{\"jsonrpc\":\"2.0\",\"id\":7,")), 400, -32700);
    is(
        ask(
            RawRequest.post(
                "tools", "{\"jsonrpc\":\"2.0\",\"id\":7,\"id\":8,\"method\":\"ping\"}")),
        400,
        -32700);
    assertThat(
            ask(RawRequest.legacy(
                    "tools", "made-up", RawRequest.legacyBody("7", "tools/list", "{}")))
                .status())
        .isEqualTo(404);
    assertThat(up.seen()).isEmpty();
  }

  @Test
  void administratorsMayHaveAnIssuerOfTheirOwn() throws IOException {
    try (KubernetesIssuer cluster = new KubernetesIssuer();
        Jar apart =
            Jar.start(
                    folder,
                    Map.of("TURNPIKE_CONFIG", folder.resolve("turnpike.yaml").toString()),
                    List.of(
                        "-Dquarkus.oidc.auth-server-url=" + cluster.issuer(),
                        "-Dquarkus.oidc.admin.auth-server-url=" + keycloak.issuer(),
                        // what is not ours on that port, an operator guards by Quarkus' settings
                        "-Dquarkus.management.auth.permission.metrics.paths=/q/metrics",
                        "-Dquarkus.management.auth.permission.metrics.policy=authenticated",
                        "-Dturnpike.data=" + folder.resolve("apart"),
                        "-Dturnpike.public-url=" + HERE))
                .ready()) {
      RawRequest echo = RawRequest.call("tools", "7", "echo", "{}");
      // to callers, an administrator's token is that of a stranger
      assertThat(askAt(apart, echo, ann).status()).isEqualTo(401);
      String planner = cluster.token("agents", "planner", HERE, cluster.issuer());
      is(askAt(apart, echo, planner), 200, -32602);
      assertThat(administer(apart, ann)).isEqualTo(200);
      assertThat(administer(apart, planner)).isEqualTo(401);
      assertThat(administer(apart, "rubbish")).isEqualTo(401);
      assertThat(Jar.get(apart.managementUrl("/q/health/live")).statusCode()).isEqualTo(200);
      assertThat(Jar.get(apart.managementUrl("/q/metrics")).statusCode()).isEqualTo(401);
      assertThat(ask(apart, "/q/metrics", planner)).isEqualTo(200);
    }
  }

  private static int administer(Jar at, String token) throws IOException {
    return ask(at, "/admin/config", token);
  }

  private static int ask(Jar at, String path, String token) throws IOException {
    return Jar.send(
            HttpRequest.newBuilder(URI.create(at.managementUrl(path)))
                .header("Authorization", "Bearer " + token)
                .build())
        .statusCode();
  }
}
