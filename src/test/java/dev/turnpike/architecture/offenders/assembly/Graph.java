package dev.turnpike.architecture.offenders.assembly;

import dev.turnpike.architecture.offenders.observe.Meter;
import java.time.Instant;

/** May do both: it imports the rim and reads the clock. */
public record Graph(Meter meter) {
  static Instant started() {
    return Instant.now();
  }
}
