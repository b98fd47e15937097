package dev.turnpike.protocol.a2a.ownership;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who owns what, in the memory of this process. Whose something is never changes while it is known;
 * what an owner has too much of is forgotten, what it has not used for the longest time first: it
 * is nobody's then, and nobody gets at it. Thread-safe.
 */
public final class Owners {
  private final int mostOfOne;
  private final int most;
  private final Map<Thing, Owner> owners = new HashMap<>();
  // in the order of their last use; owners in that of their first thing
  private final Map<Owner, LinkedHashMap<Thing, Boolean>> things = new LinkedHashMap<>();

  /**
   * @param mostOfOne things of one owner, at least 1
   * @param most things of all owners together, at least as many
   */
  public Owners(int mostOfOne, int most) {
    if (mostOfOne < 1 || most < mostOfOne) {
      throw new IllegalArgumentException("nothing could be owned");
    }
    this.mostOfOne = mostOfOne;
    this.most = most;
  }

  /** Whether it is known to be this owner's. */
  public synchronized boolean owns(Owner owner, Thing thing) {
    boolean own = owner.equals(owners.get(thing));
    if (own) {
      use(owner, thing);
    }
    return own;
  }

  /** Whether it is known to be another's. */
  public synchronized boolean isForeign(Owner owner, Thing thing) {
    Owner known = owners.get(thing);
    return known != null && !known.equals(owner);
  }

  /**
   * Makes it this owner's where it is nobody's.
   *
   * @return whether it is this owner's now; else nothing has changed
   */
  public synchronized boolean claim(Owner owner, Thing thing) {
    Owner before = owners.get(thing);
    if (before != null && !before.equals(owner)) {
      return false;
    }
    if (before == null) {
      makeRoom(owner);
      owners.put(thing, owner);
    }
    use(owner, thing);
    return true;
  }

  private void use(Owner owner, Thing thing) {
    things
        .computeIfAbsent(owner, _ -> new LinkedHashMap<>(4, 0.75f, true))
        .put(thing, Boolean.TRUE);
  }

  // who has many pays for it itself; only where all together have too many does the first owner
  private void makeRoom(Owner owner) {
    LinkedHashMap<Thing, Boolean> own = things.get(owner);
    if (own != null && own.size() >= mostOfOne) {
      forgetEldest(owner);
    }
    if (owners.size() >= most) {
      Optional<Owner> first = things.keySet().stream().findFirst();
      forgetEldest(own == null ? first.orElse(owner) : owner);
    }
  }

  private void forgetEldest(Owner owner) {
    LinkedHashMap<Thing, Boolean> own = things.get(owner);
    if (own != null) {
      owners.remove(own.pollFirstEntry().getKey());
      if (own.isEmpty()) {
        things.remove(owner);
      }
    }
  }

  /** How many things are known. */
  public synchronized int size() {
    return owners.size();
  }
}
