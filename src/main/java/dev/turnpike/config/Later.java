package dev.turnpike.config;

/** What the contract of the file has and this release does not, with the reason to tell. */
enum Later {
  A2A("agents (A2A) come with a later release; this one fronts MCP servers only");

  private final String reason;

  Later(String reason) {
    this.reason = reason;
  }

  /** Whether it is what somebody wrote in the place of a key that must be given. */
  boolean standsFor(String key) {
    return switch (this) {
      case A2A -> key.equals("mcp");
    };
  }

  String reason() {
    return reason;
  }
}
