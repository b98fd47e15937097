package dev.turnpike.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final byte[] PLAIN = "what nobody else may make".getBytes(UTF_8);
  private static final List<String> BOUND = List.of("a", "bc");

  // one for all: a nonce that comes twice with one key is refused
  private static final SplittableRandom RANDOM = new SplittableRandom(7);
  private final AtomicReference<KeyRing> ring = new AtomicReference<>(ring("one"));
  private final Seal seal = new Seal("tests", ring::get, RANDOM);

  private static String key(String id) {
    byte[] secret = new byte[32];
    new SplittableRandom(id.hashCode()).nextBytes(secret);
    return id + ":" + Base64.getEncoder().encodeToString(secret);
  }

  private static KeyRing ring(String... ids) {
    return KeyRing.read(List.of(ids).stream().map(SealTest::key).toList());
  }

  @Test
  void opensWhatItSealed() {
    String text = seal.seal(PLAIN, BOUND);
    assertThat(text).startsWith("one.").matches("[A-Za-z0-9._-]+");
    assertThat(seal.open(text, BOUND)).hasValue(PLAIN);
    assertThat(seal.seal(PLAIN, BOUND)).as("never the same twice").isNotEqualTo(text);
  }

  @Test
  void opensNothingThatWasChanged() {
    String text = seal.seal(PLAIN, BOUND);
    for (int at = 0; at < text.length(); at++) {
      for (char other : new char[] {'A', 'B', '_', '.', '='}) {
        if (text.charAt(at) != other) {
          String broken = text.substring(0, at) + other + text.substring(at + 1);
          assertThat(seal.open(broken, BOUND)).as(broken).isEmpty();
        }
      }
      assertThat(seal.open(text.substring(0, at), BOUND)).isEmpty();
      assertThat(seal.open(text.substring(0, at) + "A" + text.substring(at), BOUND)).isEmpty();
    }
    assertThat(seal.open(text + "x".repeat(20_000), BOUND)).isEmpty();
  }

  @Test
  void opensNothingThatIsBoundToSomethingElse() {
    String text = seal.seal(PLAIN, BOUND);
    assertThat(seal.open(text, List.of("ab", "c"))).isEmpty();
    assertThat(seal.open(text, List.of("bc", "a"))).isEmpty();
    assertThat(seal.open(text, List.of("a", "bc", ""))).isEmpty();
    assertThat(seal.open(text, List.of())).isEmpty();
  }

  @Test
  void opensNothingThatWasSealedForAnotherPurpose() {
    Seal other = new Seal("cursors", ring::get, RANDOM);
    assertThat(other.open(seal.seal(PLAIN, BOUND), BOUND)).isEmpty();
    assertThat(seal.open(other.seal(PLAIN, BOUND), BOUND)).isEmpty();
  }

  @Test
  void losesNothingWhenKeysAreChangedInTurn() {
    String first = seal.seal(PLAIN, BOUND);
    ring.set(ring("one", "two"));
    assertThat(seal.seal(PLAIN, BOUND)).startsWith("one.");
    ring.set(ring("two", "one"));
    String second = seal.seal(PLAIN, BOUND);
    assertThat(second).startsWith("two.");
    assertThat(seal.open(first, BOUND)).hasValue(PLAIN);
    ring.set(ring("two"));
    assertThat(seal.open(second, BOUND)).hasValue(PLAIN);
    assertThat(seal.open(first, BOUND)).as("its key is gone").isEmpty();
  }

  @Test
  void hasAKeyOfTheProcessWhereNoneIsGiven() {
    Seal here = new Seal("tests", always(KeyRing.random(RANDOM)), RANDOM);
    Seal there = new Seal("tests", always(KeyRing.random(RANDOM)), RANDOM);
    assertThat(there.open(here.seal(PLAIN, BOUND), BOUND)).isEmpty();
  }

  private static Supplier<KeyRing> always(KeyRing keys) {
    return () -> keys;
  }

  @Test
  void readsCommentsAndEmptyLines() {
    KeyRing read = KeyRing.read(List.of("# keys", "", key("a"), "  " + key("b") + " "));
    assertThat(read.toString()).isEqualTo("KeyRing[a, b]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a:", "a:AAAA", ":AAAA", "a b:AAAA", "a:%%%"})
  void saysWhichLineIsNoKeyAndNotWhatIsInIt(String line) {
    assertThatThrownBy(() -> KeyRing.read(List.of("# first", line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line.isEmpty() ? "there is no key" : "line 2")
        .hasMessageNotContaining("AAAA");
  }

  @Test
  void refusesAnIdThatIsThereTwice() {
    assertThatThrownBy(() -> ring("a", "a")).hasMessageContaining("line 2: the id is there twice");
  }
}
