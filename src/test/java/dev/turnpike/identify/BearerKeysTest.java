package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a file. */
class BearerKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String HASH = BearerKeys.hash("tp_secret");

  private static Tokens tokens(String... lines) {
    BearerKeys keys = BearerKeys.read(List.of(lines));
    return BearerKeys.before(
        token -> CompletableFuture.failedFuture(new Tokens.NotVouched("asked others")),
        () -> keys,
        "https://gateway.example",
        new Issuer.ClaimPaths("org/tenant", "groups"),
        () -> NOW);
  }

  private static Tokens.Vouched verified(Tokens tokens, String key) {
    return tokens.verify(key).toCompletableFuture().join();
  }

  @Test
  void aKeyStandsForItsHolder() {
    Tokens.Vouched vouched =
        verified(
            tokens("# keys", "", HASH + " ann tenant=acme groups=readers,payers scopes=a,b"),
            "tp_secret");
    assertThat(vouched.claims())
        .containsEntry("sub", "ann")
        .containsEntry("aud", "https://gateway.example")
        .containsEntry("scope", "a b")
        .containsEntry("groups", List.of("readers", "payers"))
        .containsEntry("org", Map.of("tenant", "acme"));
    assertThat(vouched.expires()).isAfter(NOW);
  }

  @Test
  void whatIsNoKeyIsForOthersToSay() {
    assertThatThrownBy(() -> verified(tokens(HASH + " ann"), "tp_other"))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("asked others");
    // the hash is no key
    assertThatThrownBy(() -> verified(tokens(HASH + " ann"), HASH))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void aKeyEnds() {
    assertThat(verified(tokens(HASH + " ann expires=2026-11-24T10:00:10Z"), "tp_secret").expires())
        .isEqualTo(NOW.plusSeconds(10));
    assertThatThrownBy(
            () -> verified(tokens(HASH + " ann expires=2026-11-24T10:00:00Z"), "tp_secret"))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("has expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tp_secret ann",
        "sha256:00 ann",
        "HASH",
        "HASH ann tenant",
        "HASH ann role=admin",
        "HASH ann tenant=a tenant=b",
        "HASH ann groups=a,,b",
        "HASH ann expires=tomorrow",
        "HASH a=b"
      })
  void aLineThatIsNoKeyIsNamedAndNotRepeated(String line) {
    assertThatThrownBy(() -> tokens("# first", line.replace("HASH", HASH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2 is no key")
        .message()
        .doesNotContain("tp_secret");
  }

  @Test
  void oneKeyIsOneHolders() {
    assertThatThrownBy(() -> tokens(HASH + " ann", HASH + " ben")).hasMessageStartingWith("line 2");
  }

  @Test
  void twoPathsMayBeginAlike() {
    BearerKeys keys = BearerKeys.read(List.of(HASH + " ann tenant=acme groups=readers"));
    Tokens tokens =
        BearerKeys.before(
            token -> CompletableFuture.failedFuture(new Tokens.NotVouched("no")),
            () -> keys,
            "https://gateway.example",
            new Issuer.ClaimPaths("ext/tenant", "ext/groups"),
            () -> NOW);
    assertThat(verified(tokens, "tp_secret").claims())
        .containsEntry("ext", Map.of("tenant", "acme", "groups", List.of("readers")));
  }

  @Test
  void aLineThatIsWrongTakesNoOtherWithIt() {
    List<String> wrong = new ArrayList<>();
    BearerKeys keys = BearerKeys.read(List.of("rubbish", HASH + " ann"), wrong::add);
    assertThat(keys.size()).isEqualTo(1);
    assertThat(wrong).singleElement().asString().startsWith("line 1");
  }
}
