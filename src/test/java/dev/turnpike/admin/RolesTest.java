package dev.turnpike.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.identify.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who administers, where an issuer says who is who. */
class RolesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String HERE = "https://gateway.example";

  private final Map<String, Object> claims = new HashMap<>(Map.of("sub", "ann", "aud", HERE));
  private Instant expires = NOW.plusSeconds(60);

  private Guard.Entry ask(String token, Guard.Act act) {
    Tokens tokens =
        sent ->
            sent.equals("good")
                ? CompletableFuture.completedFuture(new Tokens.Vouched(claims, expires))
                : CompletableFuture.failedFuture(
                    sent.equals("later")
                        ? new IllegalStateException("the issuer is away")
                        : new Tokens.NotVouched("no"));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (!token.isEmpty()) {
      headers.add("Authorization", token);
    }
    return new Roles(tokens, HERE, () -> NOW).check(request("/admin/usage", headers), act).result();
  }

  private static HttpServerRequest request(String path, MultiMap headers) {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            RolesTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (_, method, _) -> {
              assertThat(method.getName()).isIn("headers", "path");
              return method.getName().equals("path") ? path : headers;
            });
  }

  private int status(String token, Guard.Act act) {
    return switch (ask(token, act)) {
      case Guard.Entry.Admitted _ -> 200;
      case Guard.Entry.Rebuff(var status, _, _) -> status;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "turnpike-admin, READ, 200", "turnpike-admin, CHANGE, 200",
    "turnpike-viewer, READ, 200", "turnpike-viewer, CHANGE, 403",
    "somebody, READ, 403", "somebody, CHANGE, 403"
  })
  void aRoleReadsOrChanges(String role, Guard.Act act, int status) {
    for (Map<String, Object> where :
        List.<Map<String, Object>>of(
            Map.of("groups", List.of(role)),
            Map.of("roles", List.of(role)),
            Map.of("realm_access", Map.of("roles", List.of(role))))) {
      claims.putAll(where);
      assertThat(status("Bearer good", act)).isEqualTo(status);
      claims.keySet().removeAll(where.keySet());
    }
  }

  @Test
  void noTokenAndABadOneAreTurnedAway() {
    assertThat(ask("", Guard.Act.READ))
        .isInstanceOfSatisfying(
            Guard.Entry.Rebuff.class, rebuff -> assertThat(rebuff.challenge()).isEqualTo("Bearer"));
    assertThat(ask("Bearer bad", Guard.Act.READ))
        .isInstanceOfSatisfying(
            Guard.Entry.Rebuff.class,
            rebuff -> assertThat(rebuff.challenge()).isEqualTo("Bearer error=\"invalid_token\""));
    assertThat(status("Basic good", Guard.Act.READ)).isEqualTo(401);
    String password = Base64.getEncoder().encodeToString("ann:good".getBytes(UTF_8));
    assertThat(status("Basic " + password, Guard.Act.READ)).as("for pages alone").isEqualTo(401);
    assertThat(status("Bearer ", Guard.Act.READ)).isEqualTo(401);
  }

  @Test
  void anIssuerThatIsAwayLetsNobodyIn() {
    assertThat(status("Bearer later", Guard.Act.READ)).isEqualTo(503);
  }

  @Test
  void aTokenForSomebodyElseIsNone() {
    claims.put("roles", List.of("turnpike-admin"));
    claims.put("aud", HERE + "/mcp/tools");
    assertThat(status("Bearer good", Guard.Act.READ)).isEqualTo(401);
  }

  @Test
  void aTokenThatHasExpiredIsOfAnotherTypeOrBoundIsNone() {
    claims.put("roles", List.of("turnpike-admin"));
    assertThat(status("Bearer good", Guard.Act.CHANGE)).isEqualTo(200);
    claims.put("typ", "ID");
    assertThat(status("Bearer good", Guard.Act.CHANGE)).isEqualTo(401);
    claims.remove("typ");
    claims.put("cnf", Map.of("jkt", "k"));
    assertThat(status("Bearer good", Guard.Act.CHANGE)).isEqualTo(401);
    claims.remove("cnf");
    expires = NOW;
    assertThat(status("Bearer good", Guard.Act.CHANGE)).isEqualTo(401);
  }
}
