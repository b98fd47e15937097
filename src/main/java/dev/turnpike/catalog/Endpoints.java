package dev.turnpike.catalog;

import dev.turnpike.config.Setup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every endpoint in force, by path. Immutable. */
public final class Endpoints {
  private final Map<String, Endpoint> byPath;

  private Endpoints(Map<String, Endpoint> byPath) {
    this.byPath = Map.copyOf(byPath);
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

  /** All of them, by name. */
  public List<Endpoint> all() {
    return byPath.values().stream().sorted(Comparator.comparing(Endpoint::name)).toList();
  }

  public Optional<Endpoint> named(String name) {
    return at("/mcp/" + name);
  }
}
