package dev.turnpike.config;

import java.util.List;
import java.util.Optional;

/** Reads entries of {@code rules}. */
final class RuleReader {
  private final Names.Unique names = new Names.Unique();
  private final MatchReader matches;

  RuleReader(MatchReader matches) {
    this.matches = matches;
  }

  Optional<RuleSpec> read(Field field) {
    Optional<Section> outer = field.section(Keys.RULE);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Section section = outer.get();
    Optional<String> name = names.read(section);
    Optional<MatchSpec> allow = section.field("allow").flatMap(matches::read);
    Optional<MatchSpec> deny = section.field("deny").flatMap(matches::read);
    boolean allows = section.field("allow").isPresent();
    if (allows && section.field("deny").isPresent()) {
      section.problem("deny", "found both allow and deny, expected one of them: make two rules");
    } else if (!allows && section.field("deny").isEmpty()) {
      section.missing("allow", "or deny is missing, expected one of them");
    }
    Optional<Written<String>> when =
        section.field("when").flatMap(value -> value.written("a condition in CEL, as a text"));
    boolean observe =
        section.field("mode").flatMap(value -> value.choice(Choices.MODES)).orElse(false);
    return name.flatMap(text ->
        allow
            .or(() -> deny)
            .map(match ->
                new RuleSpec(text, allows, match, List.of(), when, observe, section.mark())));
  }
}
