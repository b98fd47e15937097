package dev.turnpike.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values: the same as Jackson reads, and the same again when they were written. */
final class ValueTarget implements Target {
  private static final Wanted NOTHING = new Wanted();

  @Override
  public boolean judge(byte[] input) {
    Payload json = JsonTarget.amid(input, Pieces.chance(input));
    Optional<Scan> scan = Scanned.scan(json, NOTHING, Strictness.UPSTREAM);
    if (scan.isEmpty()) {
      return false;
    }
    Object value = JsonValue.read(json);
    if (Scanned.scan(json, NOTHING, Strictness.CALLER).isPresent()) {
      same(value, Jackson.tree(input));
    }
    Payload written = Payload.of(JsonValue.write(value));
    Scanned.own(written, NOTHING, Strictness.UPSTREAM);
    // 2e0 is read as a decimal and written as 2, which is an integer: the same number all the same
    assertThat(JsonValue.write(JsonValue.read(written))).isEqualTo(written.text());
    if (scan.get().type() == JsonType.ARRAY) {
      List<Object> elements = new ArrayList<>();
      for (Scan element : JsonScanner.elements(json, NOTHING)) {
        elements.add(JsonValue.read(element.payload()));
      }
      assertThat(elements).isEqualTo(value);
    }
    return true;
  }

  private static void same(Object value, JsonNode node) {
    switch (value) {
      case Map<?, ?> members -> {
        assertThat(node.isObject() && node.size() == members.size()).isTrue();
        members.forEach((name, member) -> same(member, node.path(String.valueOf(name))));
      }
      case List<?> elements -> {
        assertThat(node.isArray() && node.size() == elements.size()).isTrue();
        for (int i = 0; i < elements.size(); i++) {
          same(elements.get(i), node.path(i));
        }
      }
      case String text -> assertThat(text).isEqualTo(node.textValue());
      case Boolean truth -> assertThat(node.isBoolean() && node.booleanValue() == truth).isTrue();
      case Long number -> assertThat(BigInteger.valueOf(number)).isEqualTo(node.bigIntegerValue());
      case BigInteger number -> assertThat(number).isEqualTo(node.bigIntegerValue());
      case BigDecimal number ->
          assertThat(node.isNumber() && near(number.doubleValue(), node.doubleValue())).isTrue();
      case JsonValue.Unwieldy _ -> assertThat(node.isNumber()).isTrue();
      default -> assertThat(node.isNull() && value.equals(JsonValue.NULL)).isTrue();
    }
  }

  private static boolean near(double ours, double theirs) {
    return Double.compare(ours, theirs) == 0 || Math.abs(ours - theirs) <= Math.ulp(ours);
  }
}
