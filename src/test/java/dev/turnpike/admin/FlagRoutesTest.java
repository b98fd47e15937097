package dev.turnpike.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.audit.TrailQuery;
import dev.turnpike.flags.Switched;
import dev.turnpike.identify.Tokens;
import dev.turnpike.testkit.AdminPort;
import dev.turnpike.testkit.NoFlags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may switch flags, and what is written down of it. */
class FlagRoutesTest {
  private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");
  private static final String WISH = "{\"value\":true,\"reason\":\"r\",\"expires\":\"2h\"}";

  private final NoFlags flags = new NoFlags();
  private AdminPort port;

  @BeforeEach
  void open() throws Exception {
    Roles roles =
        new Roles(
            token ->
                CompletableFuture.completedFuture(
                    new Tokens.Vouched(
                        Map.of(
                            "sub", "ann",
                            "aud", "http://localhost:8080",
                            "groups", List.of(token)),
                        AT.plusSeconds(60))),
            "http://localhost:8080",
            () -> AT);
    port =
        new AdminPort(
            new AdminRoutes(
                roles,
                new Sources(
                    (by, from, to) -> {
                      throw new IllegalStateException("not asked");
                    },
                    () -> new InForce("f", AT, List.of(), Optional.empty()),
                    List::of,
                    () -> "{}",
                    _ -> Optional.empty(),
                    (_, _) -> new TrailQuery(List.of(), false),
                    flags,
                    "{}"),
                _ -> {},
                () -> AT));
  }

  @AfterEach
  void close() throws Exception {
    port.close();
  }

  private String send(String method, String path, String role, String body) throws Exception {
    return port.send(method, path, body, "Host: localhost:9000", "Authorization: Bearer " + role);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /admin/flags, turnpike-viewer, 200",
    "GET, /admin/flags, turnpike-admin, 200",
    "PUT, /admin/flags/a.b, turnpike-viewer, 403",
    "DELETE, /admin/flags/a.b, turnpike-viewer, 403",
    "PUT, /admin/flags/a.b, somebody, 403",
    "PUT, /admin/flags/a.b, turnpike-admin, 404",
    "DELETE, /admin/flags/a.b, turnpike-admin, 404",
    "POST, /admin/flags/a.b, turnpike-admin, 405",
    "DELETE, /admin/flags, turnpike-admin, 405"
  })
  void whoReadsDoesNotSwitch(String method, String path, String role, int status) throws Exception {
    assertThat(send(method, path, role, method.equals("PUT") ? WISH : ""))
        .startsWith("HTTP/1.1 " + status);
    assertThat(flags.asked().isEmpty()).isEqualTo(!method.equals("PUT") || status != 404);
  }

  @Test
  void whatIsTheSameForAllTenantsIsNotSwitchedForOne() throws Exception {
    assertThat(send("PUT", "/admin/flags/upstream.a", "turnpike-admin", WISH))
        .startsWith("HTTP/1.1 400")
        .contains("for all tenants alike");
  }

  @Test
  void aWishSaysWhoHasIt() throws Exception {
    send("PUT", "/admin/flags/a.b", "turnpike-admin", WISH);
    assertThat(flags.asked())
        .containsExactly(
            new Switched(
                "a.b", Optional.empty(), true, "r", "ann", AT, Optional.of(AT.plusSeconds(7_200))));
  }
}
