package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.rpc.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All upstreams of an endpoint as one server.
 *
 * @param capabilities what at least one of them can do
 * @param info serverInfo, as JSON
 * @param instructions those of each, under its name
 */
record FederatedServer(
    Map<String, Object> capabilities, String info, Optional<String> instructions) {
  private static final int MOST_CHARACTERS = 16 * 1024;

  static FederatedServer of(Endpoint endpoint, Merged merged) {
    Map<String, Object> capabilities = new LinkedHashMap<>();
    StringBuilder instructions = new StringBuilder();
    merged
        .from()
        .forEach((upstream, known) ->
            known
                .offer()
                .filter(_ -> known.up())
                .ifPresent(offer -> {
                  offer.capabilities().forEach((name, can) -> merge(capabilities, name, can));
                  offer.instructions().ifPresent(text -> say(instructions, upstream, text));
                }));
    return new FederatedServer(
        capabilities,
        "{\"name\":" + JsonText.quote("turnpike/" + endpoint.name()) + ",\"version\":\"0\"}",
        instructions.isEmpty() ? Optional.empty() : Optional.of(instructions.toString()));
  }

  /** Those of the extensions that at least one of the upstreams has, as a capability. */
  static Map<String, Object> extensions(Merged merged, Set<String> wanted) {
    Map<String, Object> there = new TreeMap<>();
    for (Offers.Known known : merged.from().values()) {
      known
          .offer()
          .filter(_ -> known.up())
          .ifPresent(offer ->
              wanted.stream()
                  .filter(offer.extensions()::contains)
                  .forEach(one -> there.put(one, Map.of())));
    }
    return there.isEmpty() ? Map.of() : Map.of("extensions", there);
  }

  private static void merge(Map<String, Object> into, String name, Object can) {
    Map<String, Object> both = new LinkedHashMap<>();
    if (into.get(name) instanceof Map<?, ?> before) {
      before.forEach((key, value) -> both.put(String.valueOf(key), value));
    }
    if (can instanceof Map<?, ?> more) {
      // what one of them can is true of all of them together
      more.forEach((key, value) -> {
        if (!Boolean.TRUE.equals(both.get(String.valueOf(key)))) {
          both.put(String.valueOf(key), value);
        }
      });
    }
    into.put(name, both);
  }

  private static void say(StringBuilder all, String upstream, String text) {
    String said = (all.isEmpty() ? "" : "\n\n") + "## " + upstream + "\n\n" + text;
    all.append(said, 0, Math.min(said.length(), Math.max(0, MOST_CHARACTERS - all.length())));
  }
}
