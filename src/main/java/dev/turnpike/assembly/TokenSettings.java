package dev.turnpike.assembly;

import dev.turnpike.protocol.mcp.McpScales;
import dev.turnpike.rpc.JsonPointer;
import dev.turnpike.tokens.Encoding;
import dev.turnpike.tokens.Reporting;
import dev.turnpike.tokens.Reporting.Several;
import dev.turnpike.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the settings of token counting into values, or says which one cannot be used. */
final class TokenSettings {
  private static final String USAGE = "turnpike.tokens.usage.";

  private TokenSettings() {}

  static Settings.Exact exact(ProcessConfig.Tokens tokens) {
    if (!(tokens.share() >= 0 && tokens.share() <= 1)) {
      throw new IllegalArgumentException(
          "turnpike.tokens.share: expected 0 to 1, found " + tokens.share());
    }
    return new Settings.Exact(
        tokens.estimator().isPresent()
            ? plugged(tokens, tokens.estimator().get())
            : encoding(tokens),
        tokens.share(),
        Settings.Exact.DEFAULT.patience());
  }

  private static Tokenizer encoding(ProcessConfig.Tokens tokens) {
    if (tokens.estimatorJars().isPresent()) {
      throw new IllegalArgumentException(
          "turnpike.tokens.estimator-jars: is set, and turnpike.tokens.estimator is not");
    }
    return Encoding.named(tokens.encoding())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "turnpike.tokens.encoding: expected one of %s, found '%s'"
                    .formatted(Encoding.names(), tokens.encoding())));
  }

  private static Tokenizer plugged(ProcessConfig.Tokens tokens, String name) {
    List<Path> jars = tokens.estimatorJars().orElse(List.of()).stream().map(Path::of).toList();
    try {
      return PluggedEstimator.named(name, jars);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "turnpike.tokens.estimator: " + unusable.getMessage(), unusable);
    }
  }

  static Reporting reporting(ProcessConfig.Usage usage) {
    Reporting usual = McpScales.USUAL;
    return new Reporting(
        pointers("input", usage.input(), usual.input()),
        pointers("output", usage.output(), usual.output()),
        pointers("cached", usage.cached(), usual.cached()),
        several(usage.several()));
  }

  private static List<JsonPointer> pointers(
      String kind, Optional<List<String>> written, List<JsonPointer> usual) {
    return written
        .map(list -> list.stream().map(text -> pointer(USAGE + kind, text)).toList())
        .orElse(usual);
  }

  private static JsonPointer pointer(String key, String text) {
    try {
      return JsonPointer.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          key + ": expected JSON pointers such as /_meta/usage/input_tokens: " + wrong.getMessage(),
          wrong);
    }
  }

  private static Several several(String word) {
    return Stream.of(Several.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                USAGE + "several: expected last, sum or max, found '" + word + "'"));
  }
}
