package dev.turnpike.testkit;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.EndpointSpec;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Setup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints in force, for tests that need no file. */
public final class Served {
  private static final Mark NOWHERE = new Mark("test", 1, 1);

  private Served() {}

  /** Open to anonymous callers, each before an upstream of its own name. */
  public static Endpoints anonymously(String... names) {
    Map<String, EndpointSpec> specs = new LinkedHashMap<>();
    for (String name : names) {
      specs.put(name, new EndpointSpec(name, List.of(name), Optional.empty(), true, NOWHERE));
    }
    return Endpoints.of(new Setup(Map.of(), specs, List.of(), List.of()));
  }
}
