package dev.turnpike.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key of the file, by the mapping that it stands in. Readers can ask for no other. */
enum Keys {
  FILE(
      "the top of the file",
      List.of("upstreams", "endpoints", "rules", "budgets", "prices", "audit"),
      Map.of()),
  UPSTREAM("upstreams.<name>", List.of("mcp", "a2a"), Map.of()),
  UPSTREAM_MCP(
      "upstreams.<name>.mcp",
      List.of(
          "url",
          "transport",
          "http2",
          "command",
          "env",
          "inherit-env",
          "directory",
          "sharing",
          "processes",
          "revision",
          "timeout",
          "idle-timeout",
          "concurrency",
          "idempotent"),
      Map.of()),
  UPSTREAM_A2A(
      "upstreams.<name>.a2a",
      List.of("card", "origins", "http2", "timeout", "idle-timeout", "concurrency"),
      Map.of()),
  SECRET("a value that stands in a file", List.of("file"), Map.of()),
  ENDPOINT("endpoints.<name>", List.of("mcp", "a2a", "anonymous"), Map.of()),
  ENDPOINT_MCP("endpoints.<name>.mcp", List.of("upstreams", "tools"), Map.of()),
  ENDPOINT_A2A("endpoints.<name>.a2a", List.of("upstream"), Map.of()),
  TOOLS("endpoints.<name>.mcp.tools", List.of("choose", "edit"), Map.of()),
  TOOL_EDIT(
      "an entry of edit",
      List.of("tool", "name", "description", "timeout", "idempotent"),
      Map.of()),
  RULE(
      "an entry of rules",
      List.of("name", "allow", "deny", "scopes", "when", "mode", "audit"),
      Map.of()),
  AUDIT("audit", List.of("required"), Map.of()),
  MATCH(
      "allow, deny or match",
      List.of("endpoints", "tools", "prompts", "resources", "operations"),
      Map.of("skills", Later.SKILLS)),
  BUDGET(
      "an entry of budgets",
      List.of(
          "name",
          "per",
          "match",
          "limit",
          "unit",
          "cost",
          "window",
          "hard",
          "exact",
          "mode",
          "over",
          "outgrown"),
      Map.of()),
  PRICE("an entry of prices", List.of("name", "match", "models", "cost"), Map.of());

  private final String place;
  private final List<String> known;
  private final Map<String, Later> later;

  Keys(String place, List<String> known, Map<String, Later> later) {
    this.place = place;
    this.known = known;
    this.later = later;
  }

  /** Where the mapping stands, for messages. */
  String place() {
    return place;
  }

  List<String> known() {
    return known;
  }

  /** Why a key of the contract is not taken yet. */
  Optional<Later> later(String key) {
    return Optional.ofNullable(later.get(key));
  }

  /** Where else a key is known, for someone who put it in the wrong place. */
  static Optional<Keys> homeOf(String key) {
    return Arrays.stream(values()).filter(keys -> keys.known.contains(key)).findFirst();
  }
}
