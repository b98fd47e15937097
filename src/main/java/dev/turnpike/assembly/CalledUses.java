package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which upstreams are known to speak which revision, and what is open with them in it. */
record CalledUses(Natures natures, Pool pool, Sessions sessions, Supplier<Snapshot> now) {
  /** Those of one revision, in words. */
  List<String> of(String revision) {
    return speaking(revision)
        .map(upstream -> {
          long open =
              revision.equals(Revisions.HTTP_SSE)
                  ? Revisions.LEGACY_ALL.stream().mapToLong(one -> open(upstream, one)).sum()
                  : open(upstream, revision);
          String how =
              revision.equals(Revisions.HTTP_SSE) ? "is reached by it" : "is known to speak it";
          return "upstream "
              + upstream.name()
              + " "
              + how
              + (revision.equals(Revisions.MODERN) ? "" : ": open sessions: " + open);
        })
        .toList();
  }

  /** What would become of them, were it turned off; empty where it is, or nobody speaks it. */
  String ifOff(String revision) {
    List<String> lost = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    speaking(revision)
        .filter(upstream -> natures.called().calls(revision, upstream.name()))
        .forEach(upstream -> (hasMore(upstream, revision) ? kept : lost).add(upstream.name()));
    List<String> all = new ArrayList<>();
    if (!lost.isEmpty()) {
      all.add(
          "nothing is left that these upstreams are known to speak, so that calls to them fail: "
              + String.join(", ", lost));
    }
    if (!kept.isEmpty()) {
      all.add(
          "these upstreams are called in what else they speak: "
              + String.join(", ", kept)
              + "; sessions and streams in it end");
    }
    return String.join("; ", all);
  }

  private Stream<Upstream> speaking(String revision) {
    List<Upstream> all = new ArrayList<>();
    now.get().upstreams().all().forEach(all::add);
    return all.stream()
        .filter(upstream -> spoken(upstream).contains(revision))
        .sorted(Comparator.comparing(Upstream::name));
  }

  private boolean hasMore(Upstream upstream, String without) {
    Called called = natures.called();
    return !without.equals(Revisions.HTTP_SSE)
        && called.reaches(upstream.spec())
        && spoken(upstream).stream()
            .filter(one -> !one.equals(without) && !one.equals(Revisions.HTTP_SSE))
            .anyMatch(one -> called.calls(one, upstream.name()));
  }

  private Set<String> spoken(Upstream upstream) {
    Set<String> all = new TreeSet<>(natures.spoken(upstream));
    all.addAll(pool.open(upstream).keySet());
    return all;
  }

  private long open(Upstream upstream, String revision) {
    return pool.open(upstream).getOrDefault(revision, 0L)
        + sessions.all().stream()
            .filter(session -> session.conversation().isEmpty())
            .filter(session -> session.revision().equals(revision))
            .filter(session -> session.upstream().equals(upstream.address()))
            .filter(session -> leads(session, upstream))
            .count();
  }

  // two upstreams may have one address
  private boolean leads(Session session, Upstream upstream) {
    return now.get()
        .endpoints()
        .named(session.endpoint())
        .filter(endpoint -> endpoint.upstream().equals(upstream.name()))
        .isPresent();
  }
}
