package dev.turnpike.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BannerTest {
  @RegisterExtension static final Demo DEMO = new Demo();

  private static final String PUBLIC = "http://localhost:8080";
  private static final String ADMIN = "http://localhost:9000";
  private static final Pattern HEADER = Pattern.compile("-H '([^:']+): ([^']+)'");
  private static final Pattern BODY = Pattern.compile("-d '([^']+)'");

  @Test
  void theCurlThatIsPrintedIsAnsweredAsItStands() throws Exception {
    String text = String.join("\n", Banner.demo(PUBLIC, ADMIN));
    assertThat(text).contains("curl " + PUBLIC + "/mcp/demo \\\n");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(DEMO.running().modernUrl()))
            .POST(HttpRequest.BodyPublishers.ofString(group(BODY, text)));
    HEADER.matcher(text).results().forEach(h -> request.header(h.group(1), h.group(2)));
    HttpResponse<String> response = Posts.send(request);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("hello");
  }

  @Test
  void bothDemosAreThereForAClientsSettings() {
    JsonObject servers = servers(Banner.demo(PUBLIC, ADMIN));
    assertThat(servers.getJsonObject("turnpike-demo"))
        .isEqualTo(new JsonObject().put("type", "http").put("url", PUBLIC + "/mcp/demo"));
    assertThat(servers.getJsonObject("turnpike-demo-legacy").getString("url"))
        .isEqualTo(PUBLIC + "/mcp/demo-legacy");
  }

  @Test
  void theEndpointsOfAFileOfOnesOwnAreListedInItsOrder() {
    List<String> lines =
        Banner.own(
            PUBLIC, ADMIN, "my.yaml", List.of("/mcp/zeta", "/mcp/alpha"), List.of("/a2a/trips"));
    String text = String.join("\n", lines);
    assertThat(text).contains("my.yaml");
    assertThat(text.indexOf("/mcp/zeta")).isBetween(0, text.indexOf("/mcp/alpha"));
    assertThat(text).contains("  " + PUBLIC + "/a2a/trips/.well-known/agent-card.json");
    assertThat(servers(lines).fieldNames()).containsExactly("turnpike-zeta", "turnpike-alpha");
  }

  private static JsonObject servers(List<String> lines) {
    String text = String.join("\n", lines);
    String json = text.substring(text.indexOf("{\n"), text.lastIndexOf("\n  }") + 4);
    return new JsonObject(json).getJsonObject("mcpServers");
  }

  private static String group(Pattern pattern, String text) {
    MatchResult found = pattern.matcher(text).results().findFirst().orElseThrow();
    return found.group(1);
  }
}
