package dev.turnpike.expression;

import dev.cel.common.values.NullValue;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call as values that CEL computes with. What CEL cannot hold (an integer beyond
 * 64 bits, a decimal beyond the range or the digits of a double) makes all of them unreadable:
 * rounded, it could pass a rule that the upstream's reading of the same digits would not.
 */
final class ArgumentTree {
  private ArgumentTree() {}

  /**
   * @param json an object that was scanned
   */
  static Map<String, Object> read(Payload json) {
    Object value;
    try {
      value = JsonValue.read(json);
    } catch (RuntimeException e) {
      throw new Unreadable(e.getClass().getSimpleName());
    }
    if (value instanceof Map<?, ?> members) {
      return object(members);
    }
    throw new Unreadable("not an object");
  }

  private static Object value(Object value) {
    return switch (value) {
      case Map<?, ?> members -> object(members);
      case List<?> elements -> array(elements);
      case BigDecimal digits -> decimal(digits);
      case String _, Boolean _, Long _ -> value;
      default -> {
        if (value.equals(JsonValue.NULL)) {
          yield NullValue.NULL_VALUE;
        }
        throw new Unreadable("an integer beyond 64 bits");
      }
    };
  }

  private static Map<String, Object> object(Map<?, ?> members) {
    Map<String, Object> object = new LinkedHashMap<>();
    members.forEach((name, member) -> object.put(String.valueOf(name), value(member)));
    return object;
  }

  private static List<Object> array(List<?> elements) {
    List<Object> array = new ArrayList<>(elements.size());
    elements.forEach(element -> array.add(value(element)));
    return array;
  }

  private static double decimal(BigDecimal digits) {
    double rounded = digits.doubleValue();
    if (Double.isInfinite(rounded) || BigDecimal.valueOf(rounded).compareTo(digits) != 0) {
      throw new Unreadable("a decimal that a double does not hold");
    }
    return rounded;
  }

  /** The arguments cannot be had; the message quotes none of them. */
  static final class Unreadable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }
}
