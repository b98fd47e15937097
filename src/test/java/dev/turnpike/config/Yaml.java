package dev.turnpike.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

/** Short ways to read a text in tests. */
final class Yaml {
  /** The least that is accepted: 3 lines, so what follows begins on line 4. */
  static final String LEAST =
      """
      upstreams: { up: { mcp: { url: "http://127.0.0.1:1/mcp" } } }
      endpoints:
        end: { mcp: { upstreams: [up] } }
      """;

  private Yaml() {}

  static Setup read(String text) throws ConfigRejected {
    return read(text, Map.of());
  }

  static Setup read(String text, Map<String, String> environment) throws ConfigRejected {
    return ConfigReader.read(text, "my.yaml", environment::get);
  }

  /** Every problem of a text that is refused. */
  static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  static List<String> problems(String text, Map<String, String> environment) {
    return assertThrows(ConfigRejected.class, () -> read(text, environment)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
