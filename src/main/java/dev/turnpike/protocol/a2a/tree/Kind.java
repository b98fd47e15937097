package dev.turnpike.protocol.a2a.tree;

import dev.turnpike.rpc.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** What the value of a member may be, and how it is written (ProtoJSON). */
sealed interface Kind {
  /** The value in its canonical form. */
  Object canonical(Object value, String path, boolean lenient) throws Misshapen;

  /** Of an object, which stays one. */
  sealed interface Members extends Kind {
    @Override
    Map<String, Object> canonical(Object value, String path, boolean lenient) throws Misshapen;
  }

  /** Also bytes and timestamps, which are texts in JSON. */
  record Text() implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (value instanceof String) {
        return value;
      }
      throw Misshapen.at(path, "a string");
    }
  }

  /** True or false. */
  record Truth() implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (value instanceof Boolean) {
        return value;
      }
      throw Misshapen.at(path, "true or false");
    }
  }

  /** An integer of 32 bits, which may be written as a text, or with a fraction of zero. */
  record Whole() implements Kind {
    // what Integer.parseInt takes besides, such as a plus and foreign digits, others do not
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");

    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      try {
        return switch (value) {
          case Long number -> (long) Math.toIntExact(number);
          case BigDecimal number -> (long) number.intValueExact();
          case String digits when INTEGER.matcher(digits).matches() ->
              (long) Integer.parseInt(digits);
          default -> throw Misshapen.at(path, "an integer of 32 bits");
        };
      } catch (ArithmeticException | NumberFormatException _) {
        throw Misshapen.at(path, "an integer of 32 bits");
      }
    }
  }

  /** One of some words, by its number where that is written instead. */
  record Word(List<String> words) implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (value instanceof Long number && number >= 0 && number < words.size()) {
        return words.get(number.intValue());
      }
      if (value instanceof String word && words.contains(word)) {
        return word;
      }
      throw Misshapen.at(path, "one of " + String.join(", ", words));
    }
  }

  /** One of some words, by nothing else. */
  record Name(List<String> names) implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (value instanceof String name && names.contains(name)) {
        return name;
      }
      throw Misshapen.at(path, "one of " + String.join(", ", names));
    }
  }

  /** One of some messages, which its member {@code kind} tells apart. */
  record Tagged(SortedMap<String, Message> byTag) implements Members {
    @Override
    public Map<String, Object> canonical(Object value, String path, boolean lenient)
        throws Misshapen {
      if (!(value instanceof Map<?, ?> given)) {
        throw Misshapen.at(path, "an object");
      }
      if (given.get("kind") instanceof String tag) {
        Message message = byTag.get(tag);
        if (message != null) {
          return message.canonical(value, path, lenient);
        }
      }
      throw Misshapen.at(
          Message.below(path, "kind"), "one of " + String.join(", ", byTag.keySet()));
    }
  }

  /** Whatever there is in JSON. */
  record Anything() implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) {
      return value;
    }
  }

  /** An object whose members are not ours to name. */
  record Free() implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (value instanceof Map<?, ?>) {
        return value;
      }
      throw Misshapen.at(path, "an object");
    }
  }

  /** Several of one kind. */
  record Many(Kind each) implements Kind {
    @Override
    public Object canonical(Object value, String path, boolean lenient) throws Misshapen {
      if (!(value instanceof List<?> elements)) {
        throw Misshapen.at(path, "an array");
      }
      List<Object> all = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        all.add(each.canonical(elements.get(i), path + "[" + i + "]", lenient));
      }
      return all;
    }
  }

  /**
   * A message of the protocol.
   *
   * @param members by their names
   * @param needed those that must be there
   * @param oneOf of which exactly one must be there; empty: no such rule
   */
  record Message(Map<String, Kind> members, List<String> needed, List<String> oneOf)
      implements Members {
    @Override
    public Map<String, Object> canonical(Object value, String path, boolean lenient)
        throws Misshapen {
      if (!(value instanceof Map<?, ?> given)) {
        throw Misshapen.at(path, "an object");
      }
      Map<String, Object> all = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : given.entrySet()) {
        add(String.valueOf(member.getKey()), member.getValue(), path, lenient, all);
      }
      all.entrySet()
          .removeIf(entry ->
              entry.getValue().equals(JsonValue.NULL)
                  && !(members.get(entry.getKey()) instanceof Anything));
      for (String name : needed) {
        if (!all.containsKey(name)) {
          throw Misshapen.at(below(path, name), "given");
        }
      }
      if (!oneOf.isEmpty() && oneOf.stream().filter(all::containsKey).count() != 1) {
        throw Misshapen.at(path, "given exactly one of " + String.join(", ", oneOf));
      }
      return all;
    }

    private void add(
        String written, Object value, String path, boolean lenient, Map<String, Object> all)
        throws Misshapen {
      String name = Names.of(written, members.keySet());
      Kind kind = members.get(name);
      if (kind == null) {
        unknown(written, value, path, lenient, all);
        return;
      }
      if (all.containsKey(name)) {
        throw Misshapen.twice(below(path, name));
      }
      if (value.equals(JsonValue.NULL) && !(kind instanceof Anything)) {
        // the same as not given, but not a place for another spelling to stand in
        all.put(name, JsonValue.NULL);
        return;
      }
      all.put(name, kind.canonical(value, below(path, name), lenient));
    }

    // a reader of this version passes over it, and what an agent says is left as it is; but what
    // some reader may take for a member that is judged must not come near one
    private void unknown(
        String written, Object value, String path, boolean lenient, Map<String, Object> all)
        throws Misshapen {
      if (lenient) {
        all.putIfAbsent(written, value);
        return;
      }
      for (String name : members.keySet()) {
        if (Names.alike(written, name)) {
          throw Misshapen.at(below(path, name), "spelt as the specification does");
        }
      }
    }

    static String below(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }
}
