package dev.turnpike.seal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The seals of one ring of keys, one for each purpose. Thread-safe. */
public final class Seals {
  private final Supplier<KeyRing> keys;
  private final RandomGenerator random;
  private final Map<String, Seal> byPurpose = new ConcurrentHashMap<>();

  /**
   * @param keys asked each time, so that they can be changed while the process runs
   * @param random a source that cannot be predicted
   */
  public Seals(Supplier<KeyRing> keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * The seal for that purpose.
   *
   * @param purpose one of few, told apart from every other by its text
   */
  public Seal of(String purpose) {
    return byPurpose.computeIfAbsent(purpose, one -> new Seal(one, keys, random));
  }
}
