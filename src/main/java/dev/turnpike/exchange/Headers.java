package dev.turnpike.exchange;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The header fields of one request or answer. Names are matched without regard to case. */
public interface Headers {
  Headers NONE = name -> List.of();

  /** Every value under the name, in the order received; empty if there is none. */
  List<String> all(String name);

  /** The names of the fields, in lower case, each once. */
  default Set<String> names() {
    return Set.of();
  }

  /** The first value under the name. */
  default Optional<String> first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}
