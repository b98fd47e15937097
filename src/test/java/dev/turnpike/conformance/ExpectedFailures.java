package dev.turnpike.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Scenarios that cannot pass, each with the reason.
 *
 * @param reasons by scenario
 */
record ExpectedFailures(Map<String, String> reasons) {
  static final ExpectedFailures NONE = new ExpectedFailures(Map.of());

  /** Reads {@code expected-failures/<cell>.yaml}: a map from scenarios to reasons. */
  static ExpectedFailures of(String cell) {
    String file = "/expected-failures/" + cell + ".yaml";
    try (InputStream in = ExpectedFailures.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + file);
      }
      Map<String, String> reasons = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return reasons == null ? NONE : new ExpectedFailures(Map.copyOf(reasons));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean names(String scenario) {
    return reasons.containsKey(scenario);
  }
}
