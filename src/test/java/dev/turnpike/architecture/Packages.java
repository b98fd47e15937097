package dev.turnpike.architecture;

import java.util.List;
import java.util.Set;

/** The packages below one root, in the order that the road gives them. */
record Packages(String root) {
  static final Packages TURNPIKE = new Packages("dev.turnpike");

  /** Lowest first. Each may import those before it, and none after. */
  static final List<String> STAIRCASE =
      List.of(
          "rpc",
          "sse",
          "exchange",
          "tokens",
          "seal",
          "config",
          "flags",
          "expression",
          "session",
          "upstream",
          "catalog",
          "identify",
          "protocol",
          "lane",
          "route",
          "authorize",
          "budget",
          "relay",
          "account",
          "audit");

  /** Around the road: they import what they need, and only the assembly imports them. */
  static final List<String> RIM =
      List.of("observe", "accept", "store", "flagd", "admin", "cli", "demo");

  /** Joins everything, and is imported by nobody. */
  static final String ASSEMBLY = "assembly";

  /** Where sockets, injection and metrics are at home. */
  static final Set<String> WITH_FRAMEWORK =
      Set.of("accept", "upstream", "relay", "observe", "store", "admin", "assembly", "cli", "demo");

  /** The package of that name alone. */
  String named(String name) {
    return root + "." + name;
  }

  /** The package of that name and all below it, as a pattern. */
  String within(String name) {
    return named(name) + "..";
  }

  /** Several packages and all below them, as patterns. */
  String[] within(List<String> names) {
    return names.stream().map(this::within).toArray(String[]::new);
  }

  /** Everything below the root, as a pattern. */
  String all() {
    return root + "..";
  }

  /** The first word below the root of a full package name; empty for the root itself. */
  String stepOf(String packageName) {
    if (packageName.length() <= root.length()) {
      return "";
    }
    String below = packageName.substring(root.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
