package dev.turnpike.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All flags that files describe. Immutable.
 *
 * @param flags by key, in the order of the alphabet
 * @param document the same as one document that flagd reads
 */
public record FlagSet(Map<String, Flag> flags, String document) {
  public static final FlagSet NONE = new FlagSet(Map.of(), "{\"flags\":{}}");

  public FlagSet {
    flags = new LinkedHashMap<>(new TreeMap<>(flags));
  }

  /** The flag of that key. */
  public Optional<Flag> named(String key) {
    return Optional.ofNullable(flags.get(key));
  }

  /** All of them, in the order of the alphabet. */
  public List<Flag> all() {
    return List.copyOf(flags.values());
  }
}
