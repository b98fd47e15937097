package dev.turnpike.authorize;

import java.util.List;

/**
 * Why the rules say what they say, for those who write them.
 *
 * @param decision of the call, or of a list where no arguments were given
 * @param rules that decided; several may agree
 * @param scopes that would help
 * @param why in sentences
 * @param findings what each rule says that is about the target, in the order written
 */
public record Explanation(
    Word decision, List<String> rules, List<String> scopes, String why, List<Finding> findings) {
  /** What is decided. */
  public enum Word {
    PERMIT,
    /** It stands in lists, and a call is let through or not by its arguments or scopes. */
    CONDITIONAL,
    DENY
  }

  /** What one rule says, in words. */
  public record Finding(String rule, boolean allow, boolean observed, String says) {}

  public Explanation {
    rules = List.copyOf(rules);
    scopes = List.copyOf(scopes);
    findings = List.copyOf(findings);
  }
}
