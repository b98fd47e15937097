package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before the content matters. */
class YamlTreeTest {
  static final List<Arguments> SYNTAX =
      List.of(
          Arguments.of(
              "upstreams:\n  up: [1\n",
              "my.yaml:3:1: (file): not valid YAML: expected ',' or ']', but got <stream end>,"
                  + " while parsing a flow sequence that begins at line 2"),
          Arguments.of(
              "upstreams:\n\tup: 1\n",
              "my.yaml:2:1: (file): not valid YAML: found character '\\t(TAB)' that cannot start"
                  + " any token. (Do not use \\t(TAB) for indentation), while scanning for the next"
                  + " token; indent with spaces"),
          Arguments.of("a: 'x\n", "my.yaml:2:1: (file): not valid YAML: found unexpected end of"),
          Arguments.of(
              "a: 1\n b: 2\n", "my.yaml:2:3: (file): not valid YAML: mapping values are not"),
          Arguments.of(
              "a: &x 1\n",
              "my.yaml:1:4: (file): found the anchor &x, expected plain data; a text that begins"
                  + " with & must be in quotes"),
          Arguments.of(
              "a: !!str 1\n",
              "my.yaml:1:4: (file): found the tag tag:yaml.org,2002:str, expected plain data; a"
                  + " text that begins with ! must be in quotes"),
          Arguments.of(
              "a: !java.net.URL [x]\n", "my.yaml:1:4: (file): found the tag !java.net.URL,"),
          Arguments.of(
              "a: [*_delete]\n",
              "my.yaml:1:5: (file): found the alias *_delete, expected plain data; a text that"
                  + " begins with * must be in quotes"),
          Arguments.of(
              "a: [*, b]\n",
              "my.yaml:1:6: (file): not valid YAML: unexpected character found ,(44), while scanning"
                  + " an alias that begins at line 1; a text that begins with * must be in quotes"),
          Arguments.of(
              "a: [${X}]\n",
              "my.yaml:1:6: (file): not valid YAML: expected ',' or ']', but got {, while parsing a"
                  + " flow sequence that begins at line 1; inside [ ] and { } put ${NAME} in"
                  + " quotes"),
          Arguments.of("a: 1\n---\nb: 2\n", "my.yaml:2:1: (file): found a second document"),
          Arguments.of("a: \"x\u0007\"\n", "my.yaml:1:6: (file): found the character \\u{7}"),
          Arguments.of(
              "a: 1\nb: \"\\UFFFFFFFF\"\n",
              "my.yaml:2:2: (file): not valid YAML soon after this place: For input string:"),
          Arguments.of("", "my.yaml:1:1: (file): the file is empty, expected at least the keys"),
          Arguments.of("  \n\n", "my.yaml:1:1: (file): the file is empty"),
          Arguments.of("# nothing\n", "my.yaml:1:1: (file): the file is empty"),
          Arguments.of("---\n", "my.yaml:1:1: (file): the file is empty"),
          Arguments.of("---\n~\n...\n", "my.yaml:1:1: (file): the file is empty"),
          Arguments.of("a: " + "x".repeat(1 << 20), "my.yaml:1:1: (file): found more than 1 MiB"),
          Arguments.of("a: " + "é".repeat(1 << 19), "my.yaml:1:1: (file): found more than 1 MiB"));

  @ParameterizedTest
  @FieldSource("SYNTAX")
  void refusesWhatIsNotPlainYaml(String text, String problem) {
    assertThat(Yaml.problems(text)).singleElement().asString().startsWith(problem);
  }

  @Test
  void tellsAnchorsAndAliasesWhereverTheyStand() {
    assertThat(Yaml.problems("a: &x [1]\nb: *x\n"))
        .containsExactly(
            "my.yaml:1:4: (file): found the anchor &x, expected plain data; a text that begins with"
                + " & must be in quotes",
            "my.yaml:2:4: (file): found the alias *x, expected plain data; a text that begins with"
                + " * must be in quotes");
  }

  @Test
  void refusesMergeKeysAndKeysThatAreNoText() {
    assertThat(Yaml.problems(Yaml.LEAST + "<<: { rules: [] }\n"))
        .containsExactly("my.yaml:4:1: <<: merge keys are not taken: write the keys out");
    assertThat(Yaml.problems(Yaml.LEAST + "? [a]\n: 1\n"))
        .containsExactly("my.yaml:4:3: (file): found a list or mapping as a key, expected a text");
  }

  @Test
  void tellsBothPlacesOfAKeyGivenTwice() {
    assertThat(Yaml.problems(Yaml.LEAST + "rules: []\nbudgets: []\n\"rules\": []\n"))
        .containsExactly(
            "my.yaml:6:1: rules: found this key a second time; it is given first at my.yaml:4:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void aDeepTextEndsFast(String opening) {
    String deep = "a: \n " + opening.repeat(200_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThat(Yaml.problems(deep))
                .singleElement()
                .asString()
                .contains("found more than 24 levels of lists and mappings"));
  }

  @Test
  void aBombOfAliasesEndsFast() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(Yaml.problems(bomb.toString())).hasSize(178));
  }

  @Test
  void whatIsQuotedInAMessageIsOnOneLineAndShort() {
    assertThat(Yaml.problems(Yaml.LEAST + "\"a\\nERROR forged\\u202e\": 1\n"))
        .singleElement()
        .asString()
        .startsWith("my.yaml:4:1: a\\u{a}ERROR forged\\u{202e}: unknown key");
    assertThat(Yaml.problems("x".repeat(100_000))).singleElement().asString().hasSizeLessThan(200);
  }
}
