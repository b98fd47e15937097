package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static Object read(String json) {
    return JsonValue.read(Payload.of(json));
  }

  @Test
  void readsEachKindOfValue() {
    assertThat(read(" { \"a\" : [ 1 , true , false , null , \"\\n}\" ] , \"b\" : { } } "))
        .isEqualTo(Map.of("a", List.of(1L, true, false, JsonValue.NULL, "\n}"), "b", Map.of()));
  }

  @Test
  void readsNumbersExactly() {
    assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(read("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(read("0.1")).isEqualTo(new BigDecimal("0.1"));
    assertThat(read("1e3")).isEqualTo(new BigDecimal("1e3"));
    assertThat(read("-0")).isEqualTo(0L);
  }

  @Test
  void readsNoDigitBeyondTheEndOfWhatItIsGiven() {
    assertThat(JsonValue.read(Payload.of("1234").slice(1, 3))).isEqualTo(23L);
  }

  @Test
  void keepsTheOrderOfMembersAndLetsNobodyChangeThem() {
    Object read = read("{\"b\":1,\"a\":[2]}");
    assertThat(JsonValue.write(read)).isEqualTo("{\"b\":1,\"a\":[2]}");
    assertThatThrownBy(() -> ((Map<?, ?>) read).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e-10000", "1E+9999"})
  void leavesANumberWithALongExponentAsItIs(String number) {
    assertThat(read("[" + number + "]")).isEqualTo(List.of(new JsonValue.Unwieldy(number)));
    assertThat(JsonValue.write(read(number))).isEqualTo(number);
  }

  @Test
  void leavesALongNumberAsItIs() {
    assertThat(read("1".repeat(400))).isInstanceOf(BigInteger.class);
    assertThat(read("1".repeat(401))).isEqualTo(new JsonValue.Unwieldy("1".repeat(401)));
  }

  @Test
  void writesNoValueOfAnotherType() {
    for (Object stranger : new Object[] {1.5, 'c', Map.of(1, 2), List.of(new Object())}) {
      assertThatThrownBy(() -> JsonValue.write(stranger))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsAndWritesTheSameAsJackson(long seed) throws Exception {
    RandomJson documents = new RandomJson(new SplittableRandom(seed));
    ScanLimits limits = new ScanLimits(20, 10_000);
    for (int i = 0; i < 500; i++) {
      String json = documents.document();
      if (NaiveJson.read(json.getBytes(UTF_8), limits, Strictness.CALLER).isPresent()) {
        String written = JsonValue.write(read(json));
        assertThat(JACKSON.readTree(written)).isEqualTo(JACKSON.readTree(json));
      }
    }
  }
}
