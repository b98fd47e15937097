package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.demo.KeycloakProcess;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The issuer of tokens is not there yet, or no longer. */
@EnabledIf("dev.turnpike.testkit.KeycloakServer#isHere")
class IssuerAwayIT {
  private static final String HERE = "https://gateway.example";

  @TempDir private Path folder;

  private static int status(Jar jar, String endpoint, String token) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      RawRequest echo = RawRequest.call(endpoint, "7", "echo", "{}").replaced("Host", "localhost");
      return caller
          .send(token.isEmpty() ? echo : echo.with("Authorization", "Bearer " + token))
          .answer()
          .status();
    }
  }

  private static String said(Jar jar) {
    try {
      return jar.said();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void nobodyIsLetInWhoCannotBeKnownAndItMendsItself() throws IOException {
    int port = KeycloakServer.free();
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar =
            Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", WorkloadFile.in(folder, up)),
                List.of(
                    "-Dquarkus.oidc.auth-server-url=" + KeycloakProcess.issuer(port),
                    "-Dturnpike.public-url=" + HERE))) {
      Eventually.holds("it serves", () -> jar.readiness() == 503);
      assertThat(Jar.get(jar.managementUrl("/q/health/ready")).body())
          .contains("endpoints that wait for the issuer")
          .contains("known");
      assertThat(status(jar, "open", "")).isEqualTo(200);
      assertThat(status(jar, "open", "a.b.c")).isEqualTo(503);
      assertThat(status(jar, "known", "a.b.c")).isEqualTo(503);
      assertThat(status(jar, "known", "")).isEqualTo(401);
      assertThat(jar.said()).contains("the issuer of tokens cannot be reached");
      String late;
      try (KeycloakServer keycloak = KeycloakServer.start(HERE, port)) {
        jar.ready();
        Eventually.holds("it is said", () -> said(jar).contains("the issuer of tokens is reached"));
        String ann = keycloak.ofUser("ann").path("access_token").asText();
        late = keycloak.ofUser("ben").path("access_token").asText();
        assertThat(status(jar, "known", ann)).isEqualTo(200);
      }
      // it is gone: its keys are known, and serve also for a token that was never seen
      assertThat(status(jar, "known", late)).isEqualTo(200);
      assertThat(status(jar, "known", late + "x")).isEqualTo(401);
      assertThat(jar.readiness()).isEqualTo(200);
    }
  }
}
