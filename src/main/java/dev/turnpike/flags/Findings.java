package dev.turnpike.flags;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes members out of one file, and notes what is wrong with them. */
record Findings(String file, List<String> problems) {
  private static final Pattern DAY = Pattern.compile("2\\d{3}-\\d{2}-\\d{2}");

  void add(String where, String what) {
    problems.add(file + ": " + (where.isEmpty() ? "" : where + ": ") + what);
  }

  Map<String, Object> object(String where, Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, member) -> members.put(String.valueOf(name), member));
    } else {
      add(where, "expected an object");
    }
    return members;
  }

  void known(String where, Map<String, Object> members, Set<String> names) {
    members.keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name ->
            add(
                where,
                "'" + name + "' is not known; known are " + names.stream().sorted().toList()));
  }

  /** A text of at least a character, where it must be there. */
  String text(String where, Map<String, Object> members, String name) {
    Object value = members.get(name);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    add(where, name + " is missing: a text");
    return "";
  }

  Optional<String> optionalText(String where, Map<String, Object> members, String name) {
    return members.containsKey(name) ? Optional.of(text(where, members, name)) : Optional.empty();
  }

  boolean truth(String where, Map<String, Object> members, String name, boolean otherwise) {
    Object value = members.getOrDefault(name, otherwise);
    if (value instanceof Boolean truth) {
      return truth;
    }
    add(where, name + " must be true or false");
    return otherwise;
  }

  Optional<LocalDate> day(String where, Map<String, Object> members, String name) {
    Optional<String> text = optionalText(where, members, name);
    try {
      return text.filter(day -> DAY.matcher(day).matches() || refuse(where, name))
          .map(LocalDate::parse);
    } catch (DateTimeParseException _) {
      refuse(where, name);
      return Optional.empty();
    }
  }

  private boolean refuse(String where, String name) {
    add(where, name + " must be a day such as 2027-01-31");
    return false;
  }
}
