package dev.turnpike.flags;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that administrators have switched. Immutable.
 *
 * @param read whether it was read from where it is kept; where it was not, what is off may be on
 */
public record Switches(List<Switched> all, boolean read) {
  public static final Switches NONE = new Switches(List.of(), true);

  /** Nobody knows yet. */
  public static final Switches UNREAD = new Switches(List.of(), false);

  public Switches {
    all = List.copyOf(all);
  }

  /** That of all. */
  Optional<Switched> ofAll(String key, Instant now) {
    return all.stream()
        .filter(one -> one.key().equals(key) && one.tenant().isEmpty() && one.holds(now))
        .findFirst();
  }

  /** That of the tenant, else that of all. */
  Optional<Switched> of(String key, String tenant, Instant now) {
    Optional<Switched> forAll = Optional.empty();
    for (Switched one : all) {
      if (one.key().equals(key) && one.holds(now)) {
        if (one.tenant().isEmpty()) {
          forAll = Optional.of(one);
        } else if (one.tenant().get().equals(tenant)) {
          return Optional.of(one);
        }
      }
    }
    return forAll;
  }

  /** Those of one flag that hold. */
  public List<Switched> of(String key, Instant now) {
    return all.stream().filter(one -> one.key().equals(key) && one.holds(now)).toList();
  }

  /** The same with one more, which takes the place of that for the same key and tenant. */
  public Switches with(Switched added) {
    List<Switched> next = new ArrayList<>(without(added.key(), added.tenant()).all);
    next.add(added);
    return new Switches(next, read);
  }

  /** The same without that of the key and the tenant. */
  public Switches without(String key, Optional<String> tenant) {
    return new Switches(
        all.stream().filter(one -> !one.key().equals(key) || !one.tenant().equals(tenant)).toList(),
        read);
  }

  /** The same without what holds no more. */
  public Switches at(Instant now) {
    return new Switches(all.stream().filter(one -> one.holds(now)).toList(), read);
  }
}
