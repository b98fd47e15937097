package dev.turnpike.protocol.a2a.ownership;

/**
 * Something of an agent's that has an owner.
 *
 * @param upstream the name of the agent
 * @param id as the agent writes it
 */
public record Thing(String upstream, Kind kind, String id) {
  /** What an id is one of: the same text may name one of each. */
  public enum Kind {
    TASK,
    CONTEXT
  }
}
