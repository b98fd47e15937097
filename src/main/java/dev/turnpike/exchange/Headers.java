package dev.turnpike.exchange;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The header fields of one request or answer. Names are matched without regard to case. */
public interface Headers {
  Headers NONE = name -> List.of();

  /** Every value under the name, in the order received; empty if there is none. */
  List<String> all(String name);

  /**
   * The names of the fields that begin so, in lower case, each once.
   *
   * @param prefix in lower case
   */
  default Set<String> startingWith(String prefix) {
    return Set.of();
  }

  /** The first value under the name. */
  default Optional<String> first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}
