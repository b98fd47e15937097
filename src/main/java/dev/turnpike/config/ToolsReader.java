package dev.turnpike.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code tools} of an endpoint. */
final class ToolsReader {
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String NAME = "1 to 64 of A-Z, a-z, 0-9, _ and -";
  private static final int LONGEST_DESCRIPTION = 16_384;

  private final Set<String> names = new HashSet<>();

  Optional<ToolsSpec> read(Field field) {
    return field.section(Keys.TOOLS).map(this::read);
  }

  private ToolsSpec read(Section section) {
    List<NamePattern> choose =
        section
            .field("choose")
            .map(value -> MatchReader.patterns(value, false, "names of tools"))
            .orElse(List.of());
    Map<String, ToolsSpec.Edit> edits = new LinkedHashMap<>();
    section
        .field("edit")
        .ifPresent(list -> {
          for (Field item : list.items("a list of tools, each with what is other about it")) {
            item.section(Keys.TOOL_EDIT).ifPresent(edit -> read(edit, edits));
          }
        });
    return new ToolsSpec(choose, edits);
  }

  private void read(Section section, Map<String, ToolsSpec.Edit> edits) {
    Optional<Field> tool = section.required("tool", "the name that the tool would be shown by");
    Optional<String> target = tool.flatMap(field -> field.text("the name of a tool"));
    Optional<String> name =
        section
            .field("name")
            .flatMap(field -> {
              Optional<String> text = field.text(NAME);
              if (text.isPresent() && !SHOWN.matcher(text.get()).matches()) {
                return field.mismatch(NAME);
              }
              text.filter(given -> !names.add(given))
                  .ifPresent(given ->
                      field.problem("found the name " + Quoted.of(given) + " a second time"));
              return text;
            });
    Optional<String> description =
        section
            .field("description")
            .flatMap(field -> {
              String expected = "a text of at most " + LONGEST_DESCRIPTION + " characters";
              Optional<String> text = field.text(expected);
              return text.isPresent() && text.get().length() > LONGEST_DESCRIPTION
                  ? field.mismatch(expected)
                  : text;
            });
    ToolsSpec.Edit edit =
        new ToolsSpec.Edit(
            name,
            description,
            section.field("timeout").flatMap(Field::duration),
            section.field("idempotent").flatMap(Field::truth));
    target.ifPresent(known -> {
      if (edits.putIfAbsent(known, edit) != null) {
        tool.orElseThrow().problem("found " + Quoted.of(known) + " a second time");
      }
    });
  }
}
