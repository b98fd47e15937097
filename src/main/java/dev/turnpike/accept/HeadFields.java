package dev.turnpike.accept;

import dev.turnpike.exchange.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The head of a request as Vert.x has it. */
record HeadFields(MultiMap fields) implements Headers {
  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  @Override
  public Set<String> names() {
    return fields.names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
