package dev.turnpike.config;

/** Makes of a setup what the gateway runs with, such as compiled rules. */
@FunctionalInterface
public interface Compile<T> {
  /**
   * @return an immutable value
   * @throws ConfigRejected with every problem found; the setup is not taken then
   */
  T compile(Setup setup) throws ConfigRejected;
}
