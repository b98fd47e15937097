package dev.turnpike.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "1m, PT1M",
    "1h, PT1H",
    "30d, PT720H",
    "PT1M30S, PT1M30S",
    "P1D, PT24H",
    "0s, PT0S"
  })
  void takesShortAndIsoDurations(String text, Duration expected) {
    assertEquals(Optional.of(expected), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "60", "1.5s", "-1s", "1 s", "1S", "1w", "s", "9999999999999d", "PT", "1m30s"})
  void takesNothingElseForADuration(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250ms", "90s", "1m", "1h", "30d", "PT0.000001S"})
  void writesDurationsAsItReadsThem(String text) {
    assertEquals(text, Durations.parse(text).map(Durations::text).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"0B, 0", "512B, 512", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648"})
  void takesSizesInBinaryUnits(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), Sizes.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1MB", "1kib", "1.5MiB", "-1B", "1 MiB", "99999999999B"})
  void takesNothingElseForASize(String text) {
    assertEquals(OptionalLong.empty(), Sizes.parse(text));
  }
}
