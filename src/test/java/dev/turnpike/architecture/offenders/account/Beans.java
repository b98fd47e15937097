package dev.turnpike.architecture.offenders.account;

/** Spells its accessor in two words where one would do. */
final class Beans {
  private Beans() {}

  static int getTotal() {
    return 3;
  }
}
