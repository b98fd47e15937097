package dev.turnpike.authorize;

/** What the rules say of one target, for one caller, before any arguments are known. */
public sealed interface Decision {
  /** The rule that decided, or {@code default}. */
  String rule();

  /** Allowed. */
  record Permit(String rule) implements Decision {}

  /** A rule would allow it, but a scope is missing or a condition reads what only a call knows. */
  record Conditional(String rule) implements Decision {}

  /**
   * Refused, and not shown.
   *
   * @param rule the rule that denied, or {@code default} where none allows
   * @param reason for the administrator, never for the caller
   */
  record Deny(String rule, String reason) implements Decision {}

  /** Whether lists show the target. */
  default boolean visible() {
    return switch (this) {
      case Permit _, Conditional _ -> true;
      case Deny _ -> false;
    };
  }
}
