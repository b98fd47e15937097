package dev.turnpike.config;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code rules}.
 *
 * @param allow true for {@code allow}, false for {@code deny}
 * @param when the text of a CEL condition
 * @param observe true: only logged and counted
 * @param audit true: what it allows is written in the audit trail, as what is refused always is
 */
public record RuleSpec(
    String name,
    boolean allow,
    MatchSpec match,
    List<String> scopes,
    Optional<Written<String>> when,
    boolean observe,
    boolean audit,
    Mark mark) {
  /** A rule whose permits are not written down. */
  public RuleSpec(
      String name,
      boolean allow,
      MatchSpec match,
      List<String> scopes,
      Optional<Written<String>> when,
      boolean observe,
      Mark mark) {
    this(name, allow, match, scopes, when, observe, false, mark);
  }

  public RuleSpec {
    scopes = List.copyOf(scopes);
  }
}
