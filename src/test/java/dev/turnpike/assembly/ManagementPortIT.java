package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management port of the whole process, and that the data port has none of it. */
@QuarkusTest
class ManagementPortIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TestHTTPResource(value = "/", management = true)
  URI management = URI.create("http://unset");

  @TestHTTPResource("/")
  URI data = URI.create("http://unset");

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void aProcessThatServesIsHealthy(String check) throws Exception {
    HttpResponse<String> health = get(management, "/q/health/" + check);
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("UP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/usage?by=caller",
        "/admin/config",
        "/admin/sessions",
        "/admin/schema/turnpike.json"
      })
  void theAdminApiAnswersThisMachine(String path) throws Exception {
    assertThat(get(management, path).statusCode()).isEqualTo(200);
  }

  @Test
  void theAdminApiAnswersNobodyWhoWasForwarded() throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(management.resolve("/admin/usage"))
                .timeout(Duration.ofSeconds(20))
                .header("X-Forwarded-For", "127.0.0.1")
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/admin/usage", "/admin/config", "/q/health/ready", "/q/metrics", "/q/health"})
  void theDataPortHasNoneOfIt(String path) throws Exception {
    assertThat(get(data, path).statusCode()).isEqualTo(404);
  }

  @Test
  void anExchangeIsCountedUnderLabelsOfOurs() throws Exception {
    get(data, "/mcp/nowhere-that-is-known");
    assertThat(get(management, "/q/metrics").body())
        .contains("turnpike_exchanges_total{")
        .contains("refusal=\"no_such_endpoint\"")
        .contains("turnpike_exchange_seconds_count{")
        .doesNotContain("nowhere-that-is-known");
  }

  private static HttpResponse<String> get(URI port, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(port.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofString());
  }
}
