package dev.turnpike.protocol;

/** What runs in the experimental lane, only while its flag is on, and may vanish. */
public interface Experimental {
  /** Its name, as in {@code mcp-tasks}. */
  String id();

  /** The key of its flag. */
  default String flag() {
    return "alpha." + id();
  }

  /** By what requests for it are known. Asked once. */
  Signs signs();
}
