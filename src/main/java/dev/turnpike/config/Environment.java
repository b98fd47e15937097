package dev.turnpike.config;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables in a value: a dollar sign and, in braces, a name, or a name, a colon and a
 * default. The default ends at the first closing brace. A variable that is set to nothing is set.
 * Two dollar signs before a brace stand for one, and nothing is replaced; any other dollar sign
 * stands for itself. What comes in is a value: it is never read as YAML and never replaced again.
 */
final class Environment {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final UnaryOperator<@Nullable String> variables;

  Environment(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /** Whether {@link #replace} would change it. */
  static boolean occursIn(String text) {
    return text.contains("${");
  }

  /** The text with values in the place of names; empty when a problem was told. */
  Optional<String> replace(String text, Mark mark, String key, Problems problems) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        out.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          problems.add(mark, key, "found ${ without its closing brace; to mean ${ write $${");
          return Optional.empty();
        }
        Optional<String> value = value(text.substring(at + 2, end), mark, key, problems);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        out.append(value.get());
        at = end + 1;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return Optional.of(out.toString());
  }

  private Optional<String> value(String inner, Mark mark, String key, Problems problems) {
    int colon = inner.indexOf(':');
    String name = colon < 0 ? inner : inner.substring(0, colon);
    if (!NAME.matcher(name).matches() || inner.contains("${")) {
      problems.add(
          mark,
          key,
          "found "
              + Quoted.of("${" + inner + "}")
              + ", expected ${NAME} or ${NAME:default} with a name of letters, digits and _ and no"
              + " ${ in the default; to mean ${ write $${");
      return Optional.empty();
    }
    String value = variables.apply(name);
    if (value != null) {
      return Optional.of(value);
    }
    if (colon >= 0) {
      return Optional.of(inner.substring(colon + 1));
    }
    problems.add(
        mark,
        key,
        "the environment variable "
            + name
            + " is not set; set it, or give a default with ${"
            + name
            + ":default}");
    return Optional.empty();
  }
}
