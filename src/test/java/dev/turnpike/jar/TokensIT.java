package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.DpopKey;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.KubernetesIssuer;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Callers with tokens of a real Keycloak. */
@EnabledIf("dev.turnpike.testkit.KeycloakServer#isHere")
class TokensIT {
  private static final String HERE = "https://gateway.example";
  private static final String METADATA = HERE + "/.well-known/oauth-protected-resource/mcp/tools";

  @TempDir private static Path folder;
  private static KeycloakServer keycloak;
  private static FakeUpstream up;
  private static KubernetesIssuer cluster;
  private static Jar jar;

  @BeforeAll
  static void start() throws IOException {
    keycloak = KeycloakServer.start(HERE);
    up = FakeUpstream.modern();
    cluster = new KubernetesIssuer();
    Path file =
        Files.writeString(
            folder.resolve("turnpike.yaml"),
            """
            upstreams:
              up: { mcp: { url: "%s" } }
            endpoints:
              tools: { mcp: { upstreams: [up] } }
              open: { mcp: { upstreams: [up] }, anonymous: true }
            rules:
              - name: readers-may-echo
                allow: { tools: [echo] }
                when: '"readers" in caller.groups'
              - name: the-cluster-echoes
                allow: { tools: [echo] }
                when: 'caller.subject == "system:serviceaccount:agents:planner"'
              - name: payers-pay
                allow: { tools: [pay] }
                scopes: [refund:write]
                when: '"payers" in caller.groups && caller.tenant == "labs"'
            """
                .formatted(up.url()));
    jar =
        Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", file.toString()),
                List.of(
                    "-Dquarkus.oidc.auth-server-url=" + keycloak.issuer(),
                    "-Dquarkus.oidc.cluster.auth-server-url=" + cluster.issuer(),
                    "-Dturnpike.public-url=" + HERE))
            .ready();
  }

  @AfterAll
  static void end() {
    // also what a start that failed has left behind
    try (KeycloakServer _ = keycloak;
        FakeUpstream _ = up;
        KubernetesIssuer _ = cluster;
        Jar _ = jar) {
      assertThat(folder).exists();
    }
  }

  @BeforeEach
  void forget() {
    up.forget();
  }

  private static RawAnswer ask(RawRequest request) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      return caller.send(request.replaced("Host", "localhost")).answer();
    }
  }

  private static RawAnswer call(String endpoint, String tool, String token) {
    RawRequest call = RawRequest.call(endpoint, "7", tool, "{}");
    return ask(token.isEmpty() ? call : call.with("Authorization", "Bearer " + token));
  }

  private static String access(JsonNode answer) {
    return answer.path("access_token").asText();
  }

  private static void invalid(RawAnswer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.fields().first("www-authenticate"))
        .isEqualTo(
            "Bearer error=\"invalid_token\", resource_metadata=\""
                + METADATA
                + "\", scope=\"refund:write\"");
    assertThat(up.seen()).isEmpty();
  }

  @Test
  void withoutOneAreToldWhereToGetIt() {
    RawAnswer answer = call("tools", "echo", "");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.fields().first("www-authenticate"))
        .isEqualTo("Bearer resource_metadata=\"" + METADATA + "\", scope=\"refund:write\"");
    RawAnswer metadata =
        ask(
            RawRequest.get("tools", "none")
                .path("/.well-known/oauth-protected-resource/mcp/tools")
                .without("mcp-session-id"));
    assertThat(metadata.status()).isEqualTo(200);
    assertThat(metadata.json().path("resource").asText()).isEqualTo(HERE + "/mcp/tools");
    assertThat(metadata.json().at("/authorization_servers/0").asText())
        .isEqualTo(keycloak.issuer());
    assertThat(metadata.json().at("/scopes_supported/0").asText()).isEqualTo("refund:write");
    assertThat(
            ask(RawRequest.get("tools", "none")
                    .path("/.well-known/oauth-protected-resource/mcp/none")
                    .without("mcp-session-id"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void mayDoWhatTheRulesAllowTheirGroups() {
    String ann = access(keycloak.ofUser("ann"));
    assertThat(call("tools", "echo", ann).json().has("result")).isTrue();
    assertThat(up.only("tools/call").fields().has("authorization")).isFalse();
    assertThat(up.only("tools/call").text()).doesNotContain(ann);
    assertThat(call("tools", "pay", ann).code()).isEqualTo(-32602);
    assertThat(call("tools", "secret", ann).code()).isEqualTo(-32602);
    String agent = access(keycloak.ofClient("agent"));
    assertThat(call("tools", "echo", agent).json().has("result")).isTrue();
  }

  @Test
  void areToldOfAllTheScopesThatAreMissing() {
    RawAnswer answer = call("tools", "pay", access(keycloak.ofUser("ben")));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo(-31403);
    assertThat(answer.fields().first("www-authenticate"))
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", resource_metadata=\""
                + METADATA
                + "\", scope=\"refund:write\"");
    assertThat(call("tools", "pay", access(keycloak.ofUser("ben", "refund:write"))).code())
        .isZero();
  }

  @Test
  void thatAreNotGoodAreNeverTakenForNone() {
    JsonNode both = keycloak.ofUser("ann", "openid");
    String good = access(both);
    String[] parts = good.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    String more =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("readers", "payers")
                    .getBytes(StandardCharsets.UTF_8));
    for (String bad :
        List.of(
            "x",
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            parts[0] + "." + more + "." + parts[2],
            good + "x",
            both.path("id_token").asText(),
            both.path("refresh_token").asText(),
            access(keycloak.ofClient("elsewhere")))) {
      invalid(call("tools", "echo", bad));
      assertThat(call("open", "echo", bad).status()).isEqualTo(401);
    }
    RawRequest twice =
        RawRequest.call("tools", "7", "echo", "{}")
            .with("Authorization", "Bearer " + good)
            .with("Authorization", "Bearer " + good);
    invalid(ask(twice));
    invalid(
        ask(
            RawRequest.call("tools", "7", "echo", "{}")
                .with("Authorization", "Basic " + parts[0])));
    assertThat(call("tools", "echo", good).code()).isZero();
  }

  @Test
  void haveSessionsOfTheirOwn() {
    String ann = access(keycloak.ofUser("ann"));
    String ben = access(keycloak.ofUser("ben"));
    RawAnswer opened =
        ask(
            RawRequest.post(
                    "tools",
                    RawRequest.legacyBody(
                        "0",
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":"
                            + "{\"name\":\"c\",\"version\":\"1\"}}"))
                .with("Authorization", "Bearer " + ann));
    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    String session = opened.fields().first("mcp-session-id");
    RawRequest list =
        RawRequest.legacy("tools", session, RawRequest.legacyBody("1", "tools/list", "{}"));
    assertThat(ask(list.with("Authorization", "Bearer " + ben)).status()).isEqualTo(404);
    assertThat(ask(list).status()).isEqualTo(401);
    String another = access(keycloak.ofUser("ann"));
    assertThat(another).isNotEqualTo(ann);
    RawAnswer listed = ask(list.with("Authorization", "Bearer " + another));
    assertThat(listed.json().at("/result/tools")).hasSize(1);
  }

  @Test
  void ofAnotherIssuerAreVerifiedByThatIssuer() {
    String planner = cluster.token("agents", "planner", HERE, cluster.issuer());
    assertThat(call("tools", "echo", planner).json().has("result")).isTrue();
    assertThat(
            call("tools", "echo", cluster.token("agents", "other", HERE, cluster.issuer())).code())
        .isEqualTo(-32602);
    up.forget();
    invalid(call("tools", "echo", cluster.token("agents", "planner", "api", cluster.issuer())));
    // signed by one issuer, in the name of another
    invalid(call("tools", "echo", cluster.token("agents", "planner", HERE, keycloak.issuer())));
    invalid(call("tools", "echo", cluster.token("agents", "planner", HERE, "https://nobody")));
  }

  @Test
  void thatAreBoundToAKeyAreWorthNothingWithoutIt() {
    DpopKey key = new DpopKey();
    String token = keycloak.bound(key);
    RawRequest echo = RawRequest.call("tools", "7", "echo", "{}");
    String url = HERE + "/mcp/tools";
    invalid(call("tools", "echo", token));
    invalid(ask(echo.with("Authorization", "DPoP " + token)));
    String proof = key.proof(DpopKey.claims("POST", url, token, Instant.now()));
    RawRequest proven = echo.with("Authorization", "DPoP " + token).with("DPoP", proof);
    assertThat(ask(proven).json().has("result")).isTrue();
    up.forget();
    // once is once
    invalid(ask(proven));
    invalid(
        ask(echo.with("Authorization", "Bearer " + token).with("DPoP", fresh(key, url, token))));
    invalid(
        ask(
            echo.with("Authorization", "DPoP " + token)
                .with("DPoP", fresh(new DpopKey(), url, token))));
    invalid(
        ask(
            echo.with("Authorization", "DPoP " + token)
                .with("DPoP", fresh(key, "http://localhost:" + jar.port() + "/mcp/tools", token))));
    // a token that is bound to nothing proves nothing
    String free = access(keycloak.ofUser("ann"));
    invalid(ask(echo.with("Authorization", "DPoP " + free).with("DPoP", fresh(key, url, free))));
  }

  private static String fresh(DpopKey key, String url, String token) {
    return key.proof(DpopKey.claims("POST", url, token, Instant.now()));
  }

  @Test
  void ofANewKeyAreGood() {
    String before = access(keycloak.ofUser("ann"));
    assertThat(call("tools", "echo", before).code()).isZero();
    keycloak.rotate();
    String after = access(keycloak.ofUser("ann"));
    // somebody else may just have had the keys fetched
    Eventually.holds("the new key is known", () -> call("tools", "echo", after).status() == 200);
    assertThat(call("tools", "echo", before).code()).isZero();
  }

  @Test
  void administerByTheirRoles() throws IOException {
    assertThat(administer("", "/admin/config")).isEqualTo(401);
    assertThat(administer("rubbish", "/admin/config")).isEqualTo(401);
    assertThat(administer(access(keycloak.ofClient("elsewhere")), "/admin/config")).isEqualTo(401);
    assertThat(administer(access(keycloak.ofClient("agent")), "/admin/config")).isEqualTo(403);
    assertThat(administer(access(keycloak.ofUser("ann")), "/admin/config")).isEqualTo(200);
    assertThat(administer(access(keycloak.ofUser("ben")), "/admin/audit")).isEqualTo(200);
    assertThat(Jar.get(jar.managementUrl("/q/health/live")).statusCode()).isEqualTo(200);
  }

  private static int administer(String token, String path) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jar.managementUrl(path)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return Jar.send(request.build()).statusCode();
  }

  @Test
  void mayBeAskedAboutInsteadOfRead() throws IOException {
    try (Jar asking =
        Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", folder.resolve("turnpike.yaml").toString()),
                List.of(
                    "-Dquarkus.oidc.auth-server-url=" + keycloak.issuer(),
                    "-Dquarkus.oidc.client-id=turnpike",
                    "-Dquarkus.oidc.credentials.secret=turnpike-secret",
                    "-Dquarkus.oidc.token.require-jwt-introspection-only=true",
                    "-Dturnpike.data=" + folder.resolve("asking"),
                    "-Dturnpike.public-url=" + HERE))
            .ready()) {
      String ann = access(keycloak.ofUser("ann"));
      assertThat(callAt(asking, ann).json().has("result")).isTrue();
      assertThat(callAt(asking, "opaque-and-unknown").status()).isEqualTo(401);
      assertThat(callAt(asking, access(keycloak.ofClient("elsewhere"))).status()).isEqualTo(401);
      String ended = access(keycloak.ofUser("ann"));
      keycloak.revoke(ended);
      assertThat(callAt(asking, ended).status()).isEqualTo(401);
    }
  }

  private static RawAnswer callAt(Jar other, String token) {
    try (RawCaller caller = RawCaller.to(other.port())) {
      return caller
          .send(
              RawRequest.call("tools", "7", "echo", "{}")
                  .with("Authorization", "Bearer " + token)
                  .replaced("Host", "localhost"))
          .answer();
    }
  }
}
