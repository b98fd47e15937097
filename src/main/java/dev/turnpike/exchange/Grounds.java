package dev.turnpike.exchange;

import java.util.List;

/**
 * Why the rules let a call through.
 *
 * @param rule that allows it, or {@code none} where no rule is needed
 * @param observed rules in observe mode that would have denied it, in the order written
 * @param audited whether a rule wants it written in the audit trail
 */
public record Grounds(String rule, List<String> observed, boolean audited) {
  /** No rule is needed. */
  public static final Grounds NONE = new Grounds("none", List.of(), false);

  public Grounds {
    observed = List.copyOf(observed);
  }
}
