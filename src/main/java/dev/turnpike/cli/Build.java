package dev.turnpike.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * Facts of the build, from a resource that the build fills in.
 *
 * @param version of Turnpike
 * @param quarkus the version of Quarkus it is built on
 */
public record Build(String version, String quarkus) {
  private static final String RESOURCE = "/turnpike-build.properties";
  private static final String NOT_FILLED_IN = "development";

  /** The facts of this process. */
  public static Build current() {
    Properties facts = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        facts.load(in);
      }
    } catch (IOException broken) {
      throw new IllegalStateException(RESOURCE + " cannot be read", broken);
    }
    return of(facts);
  }

  static Build of(Properties facts) {
    return new Build(fact(facts, "version"), fact(facts, "quarkus"));
  }

  /** What {@code --version} prints. */
  List<String> lines() {
    return List.of("turnpike " + version, "quarkus " + quarkus, "java " + Runtime.version());
  }

  /** Development mode copies the resource as it is written. */
  private static String fact(Properties facts, String name) {
    String value = facts.getProperty(name, NOT_FILLED_IN);
    return value.contains("${") || value.contains("@") ? NOT_FILLED_IN : value;
  }
}
