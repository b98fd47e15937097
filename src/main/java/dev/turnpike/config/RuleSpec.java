package dev.turnpike.config;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code rules}.
 *
 * @param allow true for {@code allow}, false for {@code deny}
 * @param when the text of a CEL condition
 * @param observe true: only logged and counted
 */
public record RuleSpec(
    String name,
    boolean allow,
    MatchSpec match,
    List<String> scopes,
    Optional<Written<String>> when,
    boolean observe,
    Mark mark) {
  public RuleSpec {
    scopes = List.copyOf(scopes);
  }
}
