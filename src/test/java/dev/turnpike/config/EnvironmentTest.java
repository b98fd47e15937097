package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private static final Map<String, String> SET =
      Map.of("HOST", "h.example", "EMPTY", "", "LIMIT", "7", "ON", "true", "PW", "hunter2");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "http://${HOST}/; http://h.example/",
        "http://${HOST:other}/; http://h.example/",
        "http://${GONE:other}/; http://other/",
        "${GONE:http://a:1/b}; http://a:1/b",
        "http://a${EMPTY:x}/${GONE:}; http://a/",
        "http://${HOST}/${HOST}; http://h.example/h.example",
        "http://a/$x$; http://a/$x$"
      })
  void replacesVariablesInAValue(String written, String expected) throws ConfigRejected {
    assertEquals(URI.create(expected), url(written));
  }

  @Test
  void whatIsReplacedMayBeOfAnyType() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            """
            upstreams:
              up: { mcp: { url: "http://h/", concurrency: "${LIMIT}", http2: "${ON}" } }
            endpoints:
              end:
                mcp: { upstreams: [up] }
                anonymous: ${GONE:true}
            rules:
              - name: ${LIMIT}
                allow: {}
            """,
            SET);
    UpstreamSpec upstream = setup.upstreams().get("up");
    assertEquals(7, upstream == null ? 0 : upstream.concurrency());
    assertTrue(
        upstream != null && upstream.reach() instanceof Reach.Http(_, boolean http2) && http2);
    assertEquals("7", setup.rules().get(0).name());
  }

  @Test
  void twoDollarsBeforeABraceStandForOne() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            Yaml.LEAST + "rules: [{ name: r, deny: {}, when: \"args.x == '$${HOST}'\" }]", SET);
    assertEquals("args.x == '${HOST}'", setup.rules().get(0).when().map(Written::value).orElse(""));
  }

  @Test
  void whatComesInIsNeverReadAsYamlAndNeverReplacedAgain() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            Yaml.LEAST + "rules: [{ name: r, deny: {}, when: '${X}' }]",
            Map.of("X", "'\nrules: [] # ${HOST}"));
    assertEquals(
        "'\nrules: [] # ${HOST}", setup.rules().get(0).when().map(Written::value).orElse(""));
  }

  @Test
  void keysAreLeftAsTheyAre() {
    assertThat(Yaml.problems(Yaml.LEAST + "${HOST}: 1\n", SET))
        .singleElement()
        .asString()
        .startsWith("my.yaml:4:1: ${HOST}: unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "${GONE}; the environment variable GONE is not set; set it, or give a default",
        "${HOST; found ${ without its closing brace",
        "${}; found \"${}\", expected ${NAME} or ${NAME:default}",
        "${A-B}; found \"${A-B}\", expected",
        "${GONE:${HOST}}; found \"${GONE:${HOST}\", expected"
      })
  void tellsOnceWhatCannotBeReplaced(String written, String problem) {
    assertThat(
            Yaml.problems(
                "upstreams:\n  up:\n    mcp:\n      url: '"
                    + written
                    + "'\nendpoints: { end: { mcp: { upstreams: [up] } } }\n",
                SET))
        .singleElement()
        .asString()
        .startsWith("my.yaml:4:12: upstreams.up.mcp.url: " + problem);
  }

  @Test
  void aValueFromTheEnvironmentIsNotShown() {
    assertThat(
            Yaml.problems(
                Yaml.LEAST
                    + "rules: [{ name: r, allow: {}, mode: '${PW}' }]\n"
                    + "budgets: [{ name: b, limit: '${PW}', unit: '${PW}', window: '${PW}' }]\n",
                SET))
        .hasSize(4)
        .allMatch(problem -> problem.contains("found a value from the environment (not shown)"))
        .noneMatch(problem -> problem.contains("hunter2"));
  }

  private static URI url(String written) throws ConfigRejected {
    UpstreamSpec upstream =
        Yaml.read(
                "upstreams: { up: { mcp: { url: '"
                    + written
                    + "' } } }\nendpoints: { end: { mcp: { upstreams: [up] } } }\n",
                SET)
            .upstreams()
            .get("up");
    return upstream != null && upstream.reach() instanceof Reach.Http(URI url, _)
        ? url
        : URI.create("");
  }
}
