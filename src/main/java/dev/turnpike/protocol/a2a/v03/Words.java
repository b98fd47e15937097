package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of the enumerations in both versions. */
final class Words {
  static final String UNKNOWN = "unknown";
  static final String WORKING = "TASK_STATE_WORKING";

  private static final Map<String, String> STATES =
      Map.of(
          "submitted",
          "TASK_STATE_SUBMITTED",
          "working",
          WORKING,
          "input-required",
          "TASK_STATE_INPUT_REQUIRED",
          "completed",
          "TASK_STATE_COMPLETED",
          "canceled",
          "TASK_STATE_CANCELED",
          "failed",
          "TASK_STATE_FAILED",
          "rejected",
          "TASK_STATE_REJECTED",
          "auth-required",
          "TASK_STATE_AUTH_REQUIRED",
          UNKNOWN,
          "TASK_STATE_UNSPECIFIED");

  private static final Map<String, String> OLD_STATES =
      STATES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Set<String> TERMINAL = Set.of("completed", "canceled", "failed", "rejected");

  private Words() {}

  static String state(String old) {
    return STATES.getOrDefault(old, "TASK_STATE_UNSPECIFIED");
  }

  /** Also of none, which is the same as an unspecified one. */
  static String oldState(String state) {
    return OLD_STATES.getOrDefault(state, UNKNOWN);
  }

  /** Whether a task stays as it is from there on. */
  static boolean isTerminal(String oldState) {
    return TERMINAL.contains(oldState);
  }

  static String role(String old) {
    return old.equals("user") ? "ROLE_USER" : "ROLE_AGENT";
  }

  /** 0.3 has no word for a role that is not said. */
  static String oldRole(String role, String path) throws Misshapen {
    return switch (role) {
      case "ROLE_USER" -> "user";
      case "ROLE_AGENT" -> "agent";
      default -> throw Misshapen.at(path, "one of ROLE_USER, ROLE_AGENT");
    };
  }
}
