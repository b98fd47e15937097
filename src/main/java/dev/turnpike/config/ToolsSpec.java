package dev.turnpike.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which tools an endpoint shows, and how.
 *
 * @param choose names as they would be shown; empty: all of them
 * @param edits by the name that the tool would have without
 */
public record ToolsSpec(List<NamePattern> choose, Map<String, Edit> edits) {
  public ToolsSpec {
    choose = List.copyOf(choose);
    edits = Map.copyOf(edits);
  }

  /**
   * What is other about one tool.
   *
   * @param name that it is shown and called by
   * @param description in the place of its own
   * @param timeout to the first byte of its answer
   * @param idempotent whether a call of it may be sent again
   */
  public record Edit(
      Optional<String> name,
      Optional<String> description,
      Optional<Duration> timeout,
      Optional<Boolean> idempotent) {}

  /** Whether the tool that would have this name is shown. */
  public boolean shows(String name) {
    return choose.isEmpty() || choose.stream().anyMatch(pattern -> pattern.covers(name));
  }

  /** Whether it gives that name to a tool. */
  public boolean gives(String name) {
    return edits.values().stream().anyMatch(edit -> edit.name().filter(name::equals).isPresent());
  }

  /** Its own keys that fit none of those names, in order of the alphabet. */
  public List<String> unfit(Set<String> names) {
    return Stream.concat(
            choose.stream()
                .filter(pattern -> names.stream().noneMatch(pattern::covers))
                .map(pattern -> "choose: " + pattern.text()),
            edits.keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> "edit: " + name))
        .sorted()
        .toList();
  }

  public Optional<Edit> edit(String name) {
    return Optional.ofNullable(edits.get(name));
  }
}
