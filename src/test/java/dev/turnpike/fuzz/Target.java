package dev.turnpike.fuzz;

/** What inputs are thrown at. For one thread. */
@FunctionalInterface
interface Target {
  /**
   * Reads the input in every way that it can be read, and fails where a promise is broken. The same
   * input is always judged the same: what else is needed, such as limits and places to cut, is made
   * of the input.
   *
   * @return whether the input was good
   */
  boolean judge(byte[] input);
}
