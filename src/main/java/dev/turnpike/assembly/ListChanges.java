package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Target;
import dev.turnpike.route.Routed;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whose lists another configuration changes. */
final class ListChanges {
  private ListChanges() {}

  /**
   * Kinds of target of which the caller of that stream has another list in the one than the other.
   */
  static Set<Target.Kind> of(Snapshot before, Snapshot next, Routed routed) {
    String name = routed.call().endpoint();
    Optional<Endpoint> there = next.endpoints().named(name);
    if (there.isEmpty()) {
      return Set.of();
    }
    boolean same =
        before
            .endpoints()
            .named(name)
            .filter(was ->
                was.upstreams().equals(there.get().upstreams())
                    && was.tools().equals(there.get().tools()))
            .isPresent();
    return same
        ? before.policy().changes(next.policy(), routed.caller(), routed.call(), routed.upstream())
        : EnumSet.of(Target.Kind.TOOL, Target.Kind.PROMPT, Target.Kind.RESOURCE);
  }
}
