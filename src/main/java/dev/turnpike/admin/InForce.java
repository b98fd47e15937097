package dev.turnpike.admin;

import dev.turnpike.config.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The configuration in force, in words.
 *
 * @param file where it was read from
 * @param since when it was taken
 * @param description lines that say what is served
 * @param lastRefused the change of the file that was refused, if the file now holds one
 */
public record InForce(
    String file, Instant since, List<String> description, Optional<Rejected> lastRefused) {
  public InForce {
    description = List.copyOf(description);
  }
}
