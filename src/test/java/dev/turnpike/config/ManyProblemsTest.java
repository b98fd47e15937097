package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A file with more than one thing wrong. */
class ManyProblemsTest {
  @Test
  void tellsEverythingAtOnceInTheOrderOfTheFile() {
    List<String> problems =
        Yaml.problems(
            """
            upstreams:
              up: { mcp: { url: nowhere, timeout: soon } }
              up: { mcp: { url: "http://h/" } }
            endpoints:
              end: { mcp: { upstreams: [gone] }, anonymous: 1 }
            rules:
              - { name: r, when: "true", mode: x }
              - { name: r, allow: { tols: [a] }, zzzzzzzzz: 1 }
            budgets:
              - { limit: none }
            """);
    assertThat(problems)
        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
        .containsExactly(
            "my.yaml:2:21",
            "my.yaml:2:39",
            "my.yaml:3:3",
            "my.yaml:5:29",
            "my.yaml:5:49",
            "my.yaml:7:5",
            "my.yaml:7:36",
            "my.yaml:8:13",
            "my.yaml:8:25",
            "my.yaml:8:38",
            "my.yaml:10:5",
            "my.yaml:10:5",
            "my.yaml:10:14");
  }

  @Test
  void twoProtocolsInOneEntryAreToldOnce() {
    assertThat(
            Yaml.problems(
                """
                upstreams: { up: { mcp: { url: "http://h/" }, a2a: { card: "http://h/" } } }
                endpoints: { end: { a2a: { upstream: up } } }
                """))
        .hasSize(1);
  }

  @Test
  void namesWithoutAnEntryOfTheirOwnAreNotToldTwice() {
    assertThat(
            Yaml.problems(
                """
                upstreams: { up: { mcp: { url: 5 } } }
                endpoints: { end: { mcp: { upstreams: up } } }
                rules: [{ name: r, allow: { endpoints: [end] } }]
                """))
        .hasSize(2);
  }
}
