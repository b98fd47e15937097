package dev.turnpike.config;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which calls are meant: those to one of the endpoints (empty: any) and one of the targets.
 *
 * @param targets patterns by kind; no entry at all: every target of every kind
 */
public record MatchSpec(List<NamePattern> endpoints, Map<Target.Kind, List<NamePattern>> targets) {
  /** Every call. */
  public static final MatchSpec ALL = new MatchSpec(List.of(), Map.of());

  public MatchSpec {
    endpoints = List.copyOf(endpoints);
    Map<Target.Kind, List<NamePattern>> copy = new EnumMap<>(Target.Kind.class);
    targets.forEach((kind, patterns) -> copy.put(kind, List.copyOf(patterns)));
    targets = Map.copyOf(copy);
  }

  public boolean covers(String endpoint) {
    return endpoints.isEmpty() || endpoints.stream().anyMatch(p -> p.covers(endpoint));
  }

  /** Whether the call is meant; one without a target is where targets do not matter. */
  public boolean covers(Call call) {
    return call.target().isPresent()
        ? covers(call.endpoint(), call.target().get())
        : targets.isEmpty() && covers(call.endpoint());
  }

  /** Whether the target on the endpoint is meant. */
  public boolean covers(String endpoint, Target target) {
    if (!covers(endpoint)) {
      return false;
    }
    if (targets.isEmpty()) {
      return true;
    }
    return targets.getOrDefault(target.kind(), List.of()).stream()
        .anyMatch(p -> p.covers(target.name()));
  }
}
