package dev.turnpike.flags;

import java.util.List;

/** Flag files that cannot be put in force. The set before them goes on. */
public final class FlagsRejected extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public FlagsRejected(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** Each with the name of its file and what to do. */
  public List<String> problems() {
    return problems;
  }
}
