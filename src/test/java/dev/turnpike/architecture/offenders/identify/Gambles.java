package dev.turnpike.architecture.offenders.identify;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes its own chance. */
final class Gambles {
  private Gambles() {}

  static SecureRandom made() {
    return new SecureRandom();
  }

  static Supplier<UUID> referred() {
    return UUID::randomUUID;
  }
}
