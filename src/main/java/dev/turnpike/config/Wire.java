package dev.turnpike.config;

/** The protocol that an upstream speaks, or that an endpoint is served in. */
public enum Wire {
  MCP("mcp"),
  A2A("a2a");

  private final String word;

  Wire(String word) {
    this.word = word;
  }

  /** As it stands in the file, in paths and in {@code call.protocol}. */
  public String word() {
    return word;
  }
}
