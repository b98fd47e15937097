package dev.turnpike.config;

import java.time.Instant;
import java.util.List;

/** A change of the file that was refused. */
public record Rejected(Instant at, List<Problem> problems) {
  public Rejected {
    problems = List.copyOf(problems);
  }
}
