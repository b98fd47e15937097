package dev.turnpike.expression;

import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token as values that CEL computes with. */
final class Claims {
  private Claims() {}

  /** A claim of a type that JSON does not have is left out: rules find it missing. */
  static Map<String, Object> celMap(Map<?, ?> claims) {
    Map<String, Object> members = new LinkedHashMap<>();
    claims.forEach((name, value) -> {
      Object cel = cel(value);
      if (cel != null) {
        members.put(String.valueOf(name), cel);
      }
    });
    return members;
  }

  /** Null where CEL has no such type. */
  static @Nullable Object cel(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case String text -> text;
      case Boolean truth -> truth;
      case Long number -> number;
      case Integer number -> number.longValue();
      case BigInteger number -> number.bitLength() > 63 ? null : (Object) number.longValue();
      case Number number -> number.doubleValue();
      case Map<?, ?> map -> celMap(map);
      case List<?> list -> list.stream().map(Claims::cel).filter(e -> e != null).toList();
      default -> null;
    };
  }
}
