package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineIT {
  private static final String GOOD =
      """
      upstreams:
        one: { mcp: { url: http://127.0.0.1:9/mcp } }
      endpoints:
        one: { mcp: { upstreams: [one] }, anonymous: true }
      rules:
        - name: all
          allow: { endpoints: [one] }
      """;

  @TempDir Path folder;

  private record Run(int status, String said) {}

  private Run run(String... arguments) throws IOException, InterruptedException {
    try (Jar jar = Jar.start(folder, Map.of(), List.of(), arguments)) {
      int status = jar.ended();
      return new Run(status, jar.said());
    }
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text).toString();
  }

  @Test
  void explainsItself() throws Exception {
    Run help = run("--help");
    assertThat(help.status()).isZero();
    assertThat(help.said()).contains("check", "--config", "--demo", "TURNPIKE_CONFIG");
  }

  @Test
  void saysItsVersion() throws Exception {
    Run version = run("--version");
    assertThat(version.status()).isZero();
    assertThat(version.said()).contains("turnpike 0.", "quarkus 3.33.2", "java 2");
  }

  @Test
  void saysWhatAGoodFileWouldServe() throws Exception {
    Run check = run("check", file(GOOD));
    assertThat(check.status()).isZero();
    assertThat(check.said()).contains("/mcp/one", "http://127.0.0.1:9/mcp");
    assertThat(check.said()).doesNotContain("Listening");
  }

  @Test
  void saysEveryMistakeOfABadFile() throws Exception {
    Run check =
        run(
            "check",
            file(
                GOOD.replace("allow", "alow")
                    + """
                    budgets:
                      - name: b
                        limit: 5
                        unit: calls
                        window: 1x
                    """));
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.said()).contains("my.yaml:7:", "allow", "my.yaml:12:", "window");
  }

  @Test
  void saysEveryConditionThatDoesNotCompile() throws Exception {
    Run check =
        run(
            "check",
            file(
                GOOD
                    + """
                          when: 'caller.nam == "ann"'
                    """
                        .indent(-2)));
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.said()).contains("my.yaml:8:");
  }

  @Test
  void doesNotKnowWhatIsNoCommand() throws Exception {
    Run wrong = run("serve-me");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.said()).contains("serve-me", "Usage");
  }

  @Test
  void doesNotStartWithAFileThatIsRefused() throws Exception {
    Run start = run("--config", file(GOOD.replace("url", "uri")));
    assertThat(start.status()).isNotZero();
    assertThat(start.said()).contains("my.yaml:2:").doesNotContain("Listening");
  }

  @Test
  void doesNotStartWithoutTheFileThatItWasGiven() throws Exception {
    Run start = run("--config", "nowhere.yaml");
    assertThat(start.status()).isNotZero();
    assertThat(start.said()).contains("nowhere.yaml").doesNotContain("Listening");
  }
}
