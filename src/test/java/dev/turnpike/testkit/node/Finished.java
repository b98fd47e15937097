package dev.turnpike.testkit.node;

/**
 * How a process ended and what it printed.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Finished(int status, String out, String err) {
  @Override
  public String toString() {
    return "exit status %d%n%s%n%s".formatted(status, out, err);
  }
}
