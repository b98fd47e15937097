package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.authorize.Policy;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Setup;
import dev.turnpike.config.SetupText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file of an administrator, against what SnakeYAML reads. */
final class ConfigTarget implements Target {
  private static final Set<String> KEYS = Set.of("upstreams", "endpoints", "rules", "budgets");
  private static final UnaryOperator<@Nullable String> ENVIRONMENT =
      name -> "X".equals(name) ? "a: \"*\" # ${X}" : "PORT".equals(name) ? "8080" : null;

  @Override
  public boolean judge(byte[] input) {
    String text = new String(input, UTF_8);
    Setup setup;
    try {
      setup = read(text);
    } catch (ConfigRejected rejected) {
      mustBeTold(rejected);
      mustBeRefusedAgain(text, rejected);
      return false;
    }
    assertThat(SetupText.describe(setup)).isNotEmpty();
    compare(setup, text);
    try {
      assertThat(read(text)).isEqualTo(setup);
      Policy.compile(setup.rules());
    } catch (ConfigRejected rejected) {
      mustBeTold(rejected);
      return false;
    }
    return true;
  }

  private static Setup read(String text) throws ConfigRejected {
    return ConfigReader.read(text, "my.yaml", ENVIRONMENT);
  }

  private static void mustBeTold(ConfigRejected rejected) {
    assertThat(rejected.problems()).isNotEmpty();
    for (Problem problem : rejected.problems()) {
      assertThat(problem.mark().line()).isPositive();
      assertThat(problem.mark().column()).isPositive();
      assertThat(problem.toString().codePoints().noneMatch(Character::isISOControl))
          .as(problem.toString())
          .isTrue();
      assertThat(problem.toString().length()).isLessThan(2_000);
    }
  }

  /** With the ends of lines of another system. */
  private static void mustBeRefusedAgain(String text, ConfigRejected first) {
    String other = text.contains("\r") ? text : text.replace("\n", "\r\n");
    try {
      read(other);
      throw new AssertionError("refused, and then taken: " + first.problems());
    } catch (ConfigRejected again) {
      assertThat(again.problems()).hasSameSizeAs(first.problems());
    }
  }

  private static void compare(Setup setup, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object loaded = new Yaml(new SafeConstructor(options)).load(text);
    if (!(loaded instanceof Map<?, ?> top)) {
      throw new AssertionError("taken, and no mapping");
    }
    top.keySet().forEach(key -> assertThat(KEYS).contains(String.valueOf(key)));
    assertThat(names(top.get("endpoints"))).isEqualTo(setup.endpoints().keySet());
    assertThat(names(top.get("upstreams"))).isEqualTo(setup.upstreams().keySet());
    assertThat(size(top.get("rules"))).isEqualTo(setup.rules().size());
    assertThat(size(top.get("budgets"))).isEqualTo(setup.budgets().size());
  }

  private static Set<?> names(@Nullable Object map) {
    return map instanceof Map<?, ?> members ? members.keySet() : Set.of();
  }

  private static int size(@Nullable Object list) {
    return list instanceof List<?> items ? items.size() : 0;
  }
}
