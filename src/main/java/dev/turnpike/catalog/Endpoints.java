package dev.turnpike.catalog;

import dev.turnpike.config.Setup;
import dev.turnpike.config.Wire;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every endpoint in force, by path. Immutable. */
public final class Endpoints {
  private static final String AGENTS = "/" + Wire.A2A.word() + "/";

  private final Map<String, Endpoint> byPath;
  private final Map<String, Endpoint> byName;

  private Endpoints(Map<String, Endpoint> byPath) {
    this.byPath = Map.copyOf(byPath);
    this.byName =
        byPath.values().stream().collect(Collectors.toUnmodifiableMap(Endpoint::name, e -> e));
  }

  public static Endpoints of(Setup setup) {
    Map<String, Endpoint> byPath = new HashMap<>();
    setup
        .endpoints()
        .values()
        .forEach(spec ->
            put(
                byPath,
                new Endpoint(
                    spec.name(),
                    spec.wire(),
                    spec.upstreams(),
                    spec.tools(),
                    spec.anonymous(),
                    scopes(setup, spec.name()))));
    return new Endpoints(byPath);
  }

  private static void put(Map<String, Endpoint> byPath, Endpoint endpoint) {
    byPath.put(endpoint.path(), endpoint);
  }

  private static List<String> scopes(Setup setup, String endpoint) {
    return setup.rules().stream()
        .filter(rule -> rule.allow() && rule.match().covers(endpoint))
        .flatMap(rule -> rule.scopes().stream())
        .distinct()
        .toList();
  }

  /** The endpoint at exactly this path: no trailing slash, nothing percent-encoded. */
  public Optional<Endpoint> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /**
   * The endpoint whose callers may ask for this path: that of an agent has paths below its own.
   * Nothing is decoded, so that what is found here is all that a protocol finds.
   */
  public Optional<Endpoint> over(String path) {
    if (!path.startsWith(AGENTS)) {
      return at(path);
    }
    int end = path.indexOf('/', AGENTS.length());
    return at(end < 0 ? path : path.substring(0, end));
  }

  /** All of them, by name. */
  public List<Endpoint> all() {
    return byPath.values().stream().sorted(Comparator.comparing(Endpoint::name)).toList();
  }

  public Optional<Endpoint> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
