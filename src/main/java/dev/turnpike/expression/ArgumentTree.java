package dev.turnpike.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cel.common.values.NullValue;
import dev.turnpike.rpc.Payload;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call as values that CEL computes with. What CEL cannot hold (an integer beyond
 * 64 bits, a decimal beyond the range of a double) makes all of them unreadable: rounded, it could
 * pass a rule that the upstream's reading of the same digits would not.
 */
final class ArgumentTree {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ArgumentTree() {}

  static Map<String, Object> read(Payload json) {
    try (JsonParser in = JSON.createParser(json.array(), json.offset(), json.size())) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new Unreadable("not an object");
      }
      Map<String, Object> read = object(in);
      if (in.nextToken() != null) {
        throw new Unreadable("something follows the object");
      }
      return read;
    } catch (IOException e) {
      throw new Unreadable(e.getClass().getSimpleName());
    }
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NullValue.NULL_VALUE;
      case VALUE_NUMBER_INT -> integer(in.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> decimal(in.getDecimalValue());
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new Unreadable("not a value");
    };
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static List<Object> array(JsonParser in) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(in));
    }
    return elements;
  }

  private static long integer(BigInteger digits) {
    if (digits.bitLength() > 63) {
      throw new Unreadable("an integer beyond 64 bits");
    }
    return digits.longValue();
  }

  private static double decimal(BigDecimal digits) {
    double rounded = digits.doubleValue();
    if (Double.isInfinite(rounded) || (rounded == 0 && digits.signum() != 0)) {
      throw new Unreadable("a decimal beyond the range of a double");
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
