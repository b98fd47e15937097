package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.protocol.mcp.McpScales;
import dev.turnpike.rpc.JsonPointer;
import dev.turnpike.testkit.EstimatorJar;
import dev.turnpike.tokens.Reporting;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsTest {
  private static ProcessConfig.Tokens tokens(Map<String, String> settings) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ProcessConfig.class);
    settings.forEach((key, value) -> builder.withDefaultValue("turnpike.tokens." + key, value));
    return builder.build().getConfigMapping(ProcessConfig.class).tokens();
  }

  private static Reporting reporting(Map<String, String> settings) {
    return TokenSettings.reporting(tokens(settings).usage());
  }

  @Test
  void peersReportWhereTheyUsuallyDo() {
    assertThat(reporting(Map.of())).isEqualTo(McpScales.USUAL);
  }

  @Test
  void wherePeersReportCanBeSet() {
    assertThat(
            reporting(
                Map.of(
                    "usage.input", "/a/in,/b~1c/in",
                    "usage.output", "/a/out",
                    "usage.cached", "/a/cached",
                    "usage.several", "max")))
        .isEqualTo(
            new Reporting(
                List.of(JsonPointer.parse("/a/in"), JsonPointer.parse("/b~1c/in")),
                List.of(JsonPointer.parse("/a/out")),
                List.of(JsonPointer.parse("/a/cached")),
                Reporting.Several.MAX));
    assertThat(reporting(Map.of("usage.several", "sum")).several())
        .isEqualTo(Reporting.Several.SUM);
  }

  @ParameterizedTest
  @CsvSource({
    "usage.input, usage.in, does not begin with /",
    "usage.output, '/a,/b~', a ~ is not followed by 0 or 1",
    "usage.cached, /content/0, leads into an array",
    "usage.several, first, 'last, sum or max, found ''first'''",
    "usage.several, LAST, 'last, sum or max, found ''LAST'''"
  })
  void whatCannotBeUsedIsRefusedByItsName(String key, String value, String why) {
    Map<String, String> settings = Map.of(key, value);
    assertThatThrownBy(() -> reporting(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("turnpike.tokens." + key + ": expected ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "share, 2",
    "share, -0.1",
    "share, NaN",
    "encoding, latin1",
    "estimator, provider",
    "estimator, dev.example.Missing",
    "estimator-jars, lib"
  })
  void soIsWhatCannotBeCountedWith(String key, String value) {
    Map<String, String> settings = Map.of(key, value);
    assertThatThrownBy(() -> TokenSettings.exact(tokens(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("turnpike.tokens." + key + ": ");
  }

  @Test
  void anEstimatorCountsInsteadOfTheEncoding(@TempDir Path folder) throws IOException {
    Path jar = EstimatorJar.in(folder);
    Settings.Exact exact =
        TokenSettings.exact(
            tokens(Map.of("estimator", EstimatorJar.WORDS, "estimator-jars", jar.toString())));
    assertThat(exact.tokenizer().count("one two three")).isEqualTo(4);
    assertThat(TokenSettings.exact(tokens(Map.of())).tokenizer().count("one two three"))
        .isEqualTo(3);
  }
}
