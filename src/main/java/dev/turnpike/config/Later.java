package dev.turnpike.config;

/** What the contract of the file has and this release does not, with the reason to tell. */
enum Later {
  SKILLS("rules over skills come with a later release; this one judges agents by their operations");

  private final String reason;

  Later(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
