package dev.turnpike.upstream;

import dev.turnpike.config.UpstreamSpec;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every upstream in force. Immutable; one that did not change is carried over from the one before.
 */
public final class Upstreams {
  private final Map<String, Upstream> byName;

  private Upstreams(Map<String, Upstream> byName) {
    this.byName = Map.copyOf(byName);
  }

  public static Upstreams none() {
    return new Upstreams(Map.of());
  }

  /** The upstreams of a new configuration. Those of {@code before} that are not in it stay open. */
  public static Upstreams of(
      Map<String, UpstreamSpec> specs, Upstreams before, Vertx vertx, Connector connector) {
    Map<String, Upstream> next = new LinkedHashMap<>();
    specs.forEach((name, spec) -> {
      Upstream known = before.byName.get(name);
      next.put(
          name,
          known != null && same(known.spec(), spec)
              ? known
              : new Upstream(spec, vertx, connector.connect(spec)));
    });
    return new Upstreams(next);
  }

  // the place in the file says nothing about the upstream
  private static boolean same(UpstreamSpec one, UpstreamSpec other) {
    return one.reach().equals(other.reach())
        && one.revision().equals(other.revision())
        && one.timeout().equals(other.timeout())
        && one.idleTimeout().equals(other.idleTimeout())
        && one.concurrency() == other.concurrency()
        && one.idempotent().equals(other.idempotent());
  }

  /** The upstream of that name, which the configuration has checked to exist. */
  public Upstream named(String name) {
    Upstream found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no upstream " + name);
    }
    return found;
  }

  public Optional<Upstream> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Iterable<Upstream> all() {
    return byName.values();
  }

  /** Those of this that the next has no longer: to be closed once their last answer is read. */
  public Iterable<Upstream> droppedBy(Upstreams next) {
    return byName.values().stream().filter(u -> next.byName.get(u.name()) != u).toList();
  }
}
