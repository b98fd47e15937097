package dev.turnpike.testkit;

import dev.turnpike.admin.FlagDesk;
import dev.turnpike.flags.Switched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Knows one flag less than it is asked for, has those of upstreams for all alike, and knows what it
 * was asked.
 */
public final class NoFlags implements FlagDesk {
  private final List<Switched> asked = new ArrayList<>();

  @Override
  public List<Standing> all(Optional<String> tenant) {
    return List.of();
  }

  @Override
  public Outcome put(Switched switched) {
    asked.add(switched);
    return switched.key().startsWith("upstream.") ? Outcome.FOR_ALL : Outcome.UNKNOWN;
  }

  @Override
  public Outcome remove(String key, Optional<String> tenant, String by) {
    return Outcome.UNKNOWN;
  }

  /** Everything that somebody wanted to switch. */
  public List<Switched> asked() {
    return List.copyOf(asked);
  }
}
