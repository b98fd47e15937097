package dev.turnpike.testkit;

import dev.turnpike.assembly.Trials;
import dev.turnpike.exchange.Caller;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.LaneListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Flags of alphas that a test turns, and what became of their calls. */
public final class Trying implements Trials.Switchable, LaneListener {
  private volatile LaneLimits limits;
  private final Set<String> tenants = ConcurrentHashMap.newKeySet();
  private final Map<String, String> tripped = new ConcurrentHashMap<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** On for callers without a tenant, within these. */
  public Trying(LaneLimits limits) {
    this.limits = limits;
    tenants.add("none");
  }

  /** Four calls at once, none that waits, so much time, off when half of them fail. */
  public static LaneLimits within(Duration time) {
    return new LaneLimits(4, 0, 0.05, time, 64 * 1024, 16, 0.5, Optional.empty());
  }

  /** On for that tenant alone; off for all with none. */
  public Trying onFor(String... names) {
    tenants.clear();
    tenants.addAll(List.of(names));
    return this;
  }

  /** Other limits; to be followed by {@link Trials#flagsChanged}. */
  public void allow(LaneLimits others) {
    limits = others;
  }

  @Override
  public boolean isOn(String flag, Caller caller, String endpoint) {
    return tenants.contains(caller.tenant()) && !tripped.containsKey(flag);
  }

  @Override
  public Optional<LaneLimits> limitsOf(String flag) {
    return Optional.of(limits);
  }

  @Override
  public boolean isTripped(String flag) {
    return tripped.containsKey(flag);
  }

  @Override
  public void failed(String flag, Throwable bug) {
    failures.add(bug);
  }

  @Override
  public void tripped(String flag, String why) {
    tripped.put(flag, why);
  }

  /** An administrator lets it try again; to be followed by {@link Trials#flagsChanged}. */
  public void clear() {
    tripped.clear();
  }

  /** Why it turned itself off. */
  public Optional<String> why() {
    return tripped.values().stream().findFirst();
  }

  public List<Throwable> failures() {
    return failures;
  }
}
