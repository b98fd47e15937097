package dev.turnpike.protocol;

/**
 * A protocol that may vanish. It runs only while its flag is on, and only on unclaimed requests.
 */
public interface Alpha extends Protocol {
  default String flag() {
    return "alpha." + id();
  }
}
