package dev.turnpike.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads entries of {@code rules}. */
final class RuleReader {
  // RFC 6749, section 3.3
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,256}");

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
    List<String> scopes = section.field("scopes").map(RuleReader::scopes).orElse(List.of());
    if (!allows && !scopes.isEmpty()) {
      section.problem("scopes", "goes with allow only: they are what a caller needs");
    }
    Optional<Written<String>> when =
        section.field("when").flatMap(value -> value.written("a condition in CEL, as a text"));
    boolean observe =
        section.field("mode").flatMap(value -> value.choice(Choices.MODES)).orElse(false);
    if (!allows && section.field("audit").isPresent()) {
      section.problem("audit", "goes with allow only: what is refused is always written down");
    }
    boolean audit = section.field("audit").flatMap(Field::truth).orElse(false);
    return name.flatMap(text ->
        allow
            .or(() -> deny)
            .map(match ->
                new RuleSpec(text, allows, match, scopes, when, observe, audit, section.mark())));
  }

  private static List<String> scopes(Field field) {
    String expected = "a list of scopes, such as [refund:write]";
    List<String> scopes = new ArrayList<>();
    List<Field> items = field.items(expected);
    for (Field item : items) {
      item.text("a scope")
          .filter(text -> SCOPE.matcher(text).matches() || refuse(item, text))
          .ifPresent(scopes::add);
    }
    if (items.isEmpty() && field.isList()) {
      field.mismatch(expected + ", or no such key at all");
    }
    return scopes;
  }

  private static boolean refuse(Field item, String text) {
    item.problem(
        "found "
            + Quoted.of(text)
            + ", expected a scope: printable ASCII without space, \" and \\");
    return false;
  }
}
