package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.node.Finished;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Clients that know the URL alone, and a user who signs in. */
@NeedsPeers
@EnabledIf("dev.turnpike.testkit.KeycloakServer#isHere")
class AuthorizationFlowIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aClientFindsItsWayFromTheRefusal() throws IOException {
    int port = KeycloakServer.free();
    String here = "http://localhost:" + port;
    try (KeycloakServer keycloak = KeycloakServer.start(here);
        FakeUpstream up = FakeUpstream.modern();
        Jar _ =
            Jar.start(
                    folder,
                    Map.of("TURNPIKE_CONFIG", file(up).toString()),
                    List.of(
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.oidc.auth-server-url=" + keycloak.issuer(),
                        "-Dturnpike.public-url=" + here))
                .ready()) {
      Finished client =
          NodeRuntime.here()
              .run(LIMIT, "client-authorized.mjs", List.of(here + "/mcp/tools", "ben", "ben"));
      assertThat(client.status()).as(client::toString).isZero();
      assertThat(client.out()).contains("legacy: comes back").contains("modern: comes back");
    }
  }

  private Path file(FakeUpstream up) throws IOException {
    return Files.writeString(
        folder.resolve("turnpike.yaml"),
        """
        upstreams:
          up: { mcp: { url: "%s" } }
        endpoints:
          tools: { mcp: { upstreams: [up] } }
        rules:
          - name: payers
            allow: { tools: ["*"] }
            scopes: [refund:write]
            when: '"payers" in caller.groups'
        """
            .formatted(up.url()));
  }
}
