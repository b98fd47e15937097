package dev.turnpike.protocol.mcp;

import dev.turnpike.config.Reach;
import dev.turnpike.config.RevisionPin;
import dev.turnpike.config.Wire;
import dev.turnpike.upstream.Upstream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;

/** In which revisions upstreams have answered, or are said to. Thread-safe. */
final class Spoken {
  private final Map<Upstream, Set<String>> heard = new WeakHashMap<>();

  synchronized void heard(Upstream upstream, String revision) {
    heard.computeIfAbsent(upstream, _ -> new TreeSet<>()).add(revision);
  }

  /** It does not speak that era any more. */
  synchronized void silent(Upstream upstream, boolean modern) {
    Set<String> known = heard.get(upstream);
    if (known != null) {
      known.removeIf(revision -> Revisions.modern(revision) == modern);
    }
  }

  synchronized Set<String> of(Upstream upstream) {
    if (upstream.spec().wire() != Wire.MCP) {
      return Set.of();
    }
    Set<String> all = new TreeSet<>(heard.getOrDefault(upstream, Set.of()));
    switch (upstream.spec().revision()) {
      case RevisionPin.Dated(var revision) -> all.add(revision);
      case RevisionPin.Modern _ -> all.add(Revisions.MODERN);
      case RevisionPin.Legacy _, RevisionPin.Auto _ -> {}
    }
    if (upstream.spec().reach() instanceof Reach.Events) {
      all.add(Revisions.HTTP_SSE);
    }
    return all;
  }
}
