package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Subject;
import dev.turnpike.rpc.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a request is of. What a real issuer vouches for is tested elsewhere. */
class IdentifierTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HERE = "https://gateway.example";
  private static final String BY = "spiffe://cluster.local/ns/gw/sa/waypoint";
  private static final String URI = "spiffe://cluster.local/ns/agents/sa/planner";

  private final Map<String, Object> claims =
      new HashMap<>(Map.of("sub", "ann", "azp", "app", "aud", HERE, "iss", "https://issuer"));
  private Instant expires = NOW.plusSeconds(60);
  private boolean perEndpoint;
  private final List<String> asked = new ArrayList<>();

  private Caller identify(String endpoint, Map<String, List<String>> fields) {
    Tokens tokens =
        token -> {
          asked.add(token);
          return token.equals("good")
              ? CompletableFuture.completedFuture(new Tokens.Vouched(claims, expires))
              : CompletableFuture.failedFuture(new Tokens.NotVouched("no"));
        };
    Issuer issuer =
        new Issuer(
            tokens,
            List.of("https://issuer"),
            HERE,
            List.of("api://gateway"),
            perEndpoint,
            new Issuer.ClaimPaths("org/tenant", "groups"));
    Headers headers = name -> fields.getOrDefault(name, List.of());
    try {
      return new Identifier(
              new Identity(
                  new Workloads.Forwarded(Set.of("cluster.local"), BY), Optional.of(issuer)),
              () -> NOW)
          .identify(new Inbound("POST", "/mcp/" + endpoint, headers, Payload.EMPTY), endpoints())
          .toCompletableFuture()
          .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Refused refused ? new Said(refused.reason()) : failed;
    }
  }

  private static final class Said extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Refusal refusal;

    private Said(Refusal refusal) {
      this.refusal = refusal;
    }
  }

  private static Endpoints endpoints() {
    try {
      return Endpoints.of(
          ConfigReader.read(
              """
              upstreams: { up: { mcp: { url: "http://127.0.0.1:9/" } } }
              endpoints:
                shut: { mcp: { upstreams: [up] } }
                open: { mcp: { upstreams: [up] }, anonymous: true }
              rules:
                - { name: a, allow: { endpoints: [shut] }, scopes: [read, write] }
              """,
              "turnpike.yaml",
              _ -> null));
    } catch (ConfigRejected rejected) {
      throw new AssertionError(rejected);
    }
  }

  private Caller with(String authorization) {
    return identify("shut", Map.of("authorization", List.of(authorization)));
  }

  private String challenge(Runnable asking) {
    try {
      asking.run();
    } catch (Said said) {
      return ((Refusal.Unauthenticated) said.refusal).challenge().header();
    }
    throw new AssertionError("let in");
  }

  private void isInvalid(String authorization) {
    assertThat(challenge(() -> with(authorization))).contains("error=\"invalid_token\"");
  }

  @Test
  void itIsOfWhomTheTokenNames() {
    claims.put("scope", "read write");
    claims.put("groups", List.of("readers", 7));
    claims.put("org", Map.of("tenant", "acme"));
    Subject subject = with("bearer good").subject().orElseThrow();
    assertThat(subject.subject()).isEqualTo("ann");
    assertThat(subject.client()).isEqualTo("app");
    assertThat(subject.tenant()).isEqualTo("acme");
    assertThat(subject.scopes()).containsExactly("read", "write");
    assertThat(subject.groups()).containsExactly("readers");
  }

  @Test
  void itIsOfAProgramAndForSomebodyAtOnce() {
    Caller both =
        identify(
            "shut",
            Map.of(
                "authorization",
                List.of("Bearer good"),
                Xfcc.HEADER,
                List.of("By=" + BY + ";URI=" + URI)));
    assertThat(both.workload().orElseThrow().serviceAccount()).isEqualTo("planner");
    assertThat(both.subject()).isPresent();
    Caller program = identify("shut", Map.of(Xfcc.HEADER, List.of("By=" + BY + ";URI=" + URI)));
    assertThat(program.subject()).isEmpty();
    assertThat(identify("open", Map.of())).isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void whoSendsNoneIsToldWhereToGetOne() {
    assertThat(challenge(() -> identify("shut", Map.of())))
        .isEqualTo(
            "Bearer resource_metadata=\""
                + HERE
                + "/.well-known/oauth-protected-resource/mcp/shut\", scope=\"read write\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer bad",
        "Bearer",
        "Bearer ",
        "Bearer good good",
        "Bearer good, Bearer good",
        "Bearer go\"od",
        "Basic good",
        "good",
        "DPoP good",
        ""
      })
  void noOtherFieldIsTaken(String authorization) {
    isInvalid(authorization);
  }

  @Test
  void noMoreThanOneFieldIsTaken() {
    assertThat(
            challenge(() ->
                identify("shut", Map.of("authorization", List.of("Bearer good", "Bearer good")))))
        .contains("invalid_token");
    assertThat(challenge(() -> identify("open", Map.of("authorization", List.of("Bearer bad")))))
        .contains("invalid_token");
    isInvalid("Bearer " + "g".repeat(20_000));
  }

  @Test
  void noTokenForSomebodyElseIsTaken() {
    for (Object audience :
        List.of(
            "https://elsewhere.example",
            HERE + "/",
            HERE + "/mcp/open",
            HERE + "/mcp/shut/",
            List.of(),
            7,
            Map.of("a", HERE))) {
      claims.put("aud", audience);
      isInvalid("Bearer good");
    }
    claims.remove("aud");
    isInvalid("Bearer good");
    for (Object audience : List.of("api://gateway", HERE + "/mcp/shut", List.of("account", HERE))) {
      claims.put("aud", audience);
      assertThat(with("Bearer good").subject()).isPresent();
    }
  }

  @Test
  void whereAnEndpointWantsItsOwnNoOtherIsTaken() {
    perEndpoint = true;
    isInvalid("Bearer good");
    claims.put("aud", "api://gateway");
    isInvalid("Bearer good");
    claims.put("aud", HERE + "/mcp/shut");
    assertThat(with("Bearer good").subject()).isPresent();
  }

  @Test
  void noTokenIsTakenThatIsNoneForAccessOrHasExpired() {
    for (String type : List.of("ID", "Refresh", "Logout", "id", "Offline")) {
      claims.put("typ", type);
      isInvalid("Bearer good");
    }
    claims.put("typ", "Bearer");
    assertThat(with("Bearer good").subject()).isPresent();
    expires = NOW;
    isInvalid("Bearer good");
    expires = NOW.plusSeconds(1);
    claims.remove("sub");
    claims.remove("azp");
    isInvalid("Bearer good");
  }

  @Test
  void anotherTokenOfTheSameIsOfTheSame() {
    claims.put("jti", "1");
    Caller first = with("Bearer good");
    claims.put("jti", "2");
    claims.put("scope", "read");
    assertThat(with("Bearer good")).isEqualTo(first).hasSameHashCodeAs(first);
    claims.put("iss", "https://other");
    assertThat(with("Bearer good")).isNotEqualTo(first);
    claims.put("iss", "https://issuer");
    claims.put("azp", "other");
    assertThat(with("Bearer good")).isNotEqualTo(first);
  }

  @Test
  void noIssuerIsAskedAboutWhatCanBeNoToken() {
    for (String odd : List.of("a b", "a\"", "a,b", "\u00e9", "a".repeat(16 * 1024 + 1))) {
      assertThat(challenge(() -> with("Bearer " + odd))).contains("invalid_token");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void aTokenThatIsBoundInAnotherWayIsNone() {
    claims.put("cnf", Map.of("x5t#S256", "thumbprint"));
    assertThat(challenge(() -> with("Bearer good"))).contains("invalid_token");
    assertThat(challenge(() -> with("DPoP good"))).contains("invalid_token");
  }
}
