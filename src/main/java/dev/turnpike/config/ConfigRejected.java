package dev.turnpike.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The file is not taken. Carries every problem found, in the order of the file. */
public final class ConfigRejected extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public ConfigRejected(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
