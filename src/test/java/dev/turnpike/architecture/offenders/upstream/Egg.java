package dev.turnpike.architecture.offenders.upstream;

import dev.turnpike.architecture.offenders.session.Chicken;
import java.util.List;

/** The other half of a cycle. */
public record Egg(List<Chicken> chickens) {
  static Class<Chicken> hatches() {
    return Chicken.class;
  }
}
