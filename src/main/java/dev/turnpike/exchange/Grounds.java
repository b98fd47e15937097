package dev.turnpike.exchange;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  /** Those of another judgement of the same call besides. */
  public Grounds and(Grounds other) {
    Set<String> both = new LinkedHashSet<>(observed);
    both.addAll(other.observed);
    return new Grounds(rule, List.copyOf(both), audited || other.audited);
  }

  public Grounds {
    observed = List.copyOf(observed);
  }
}
