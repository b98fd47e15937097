package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.DpopKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs of a key, made by a library and checked by us. */
class DpopProofsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String URL = "https://gateway.example/mcp/pay";
  private static final String TOKEN = "a.b.c";

  private final DpopKey key = new DpopKey();
  private final DpopProofs proofs = new DpopProofs(() -> NOW);

  private Map<String, Object> claims() {
    return DpopKey.claims("POST", URL, TOKEN, NOW);
  }

  private boolean proves(String... sent) {
    return proofs.prove(
        name -> name.equals("dpop") ? List.of(sent) : List.of(),
        "POST",
        URL,
        TOKEN,
        key.thumbprint());
  }

  @Test
  void aProofIsGoodOnce() {
    String proof = key.proof(claims());
    assertThat(proves(proof)).isTrue();
    assertThat(proves(proof)).isFalse();
    assertThat(proves(key.proof(claims()))).isTrue();
  }

  @Test
  void thereIsExactlyOne() {
    assertThat(proves()).isFalse();
    assertThat(proves(key.proof(claims()), key.proof(claims()))).isFalse();
    assertThat(proves("not a token")).isFalse();
    assertThat(proves("x".repeat(9_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void nothingMayBeMissingOrAnother(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);
    assertThat(proves(key.proof(claims))).as("without").isFalse();
    claims.put(claim, claim.equals("iat") ? NOW.minusSeconds(61).getEpochSecond() : "");
    assertThat(proves(key.proof(claims))).as("another").isFalse();
  }

  @Test
  void itIsForThisUrlMethodAndToken() {
    for (Map<String, Object> other :
        List.of(
            DpopKey.claims("GET", URL, TOKEN, NOW),
            DpopKey.claims("POST", URL + "/", TOKEN, NOW),
            DpopKey.claims("POST", "http://gateway.example/mcp/pay", TOKEN, NOW),
            DpopKey.claims("POST", URL, "another", NOW),
            DpopKey.claims("POST", URL, TOKEN, NOW.plusSeconds(11)))) {
      assertThat(proves(key.proof(other))).as("%s", other).isFalse();
    }
  }

  @Test
  void itIsOfTheKeyThatTheTokenIsBoundTo() {
    assertThat(proves(new DpopKey().proof(claims()))).isFalse();
  }

  @Test
  void itIsOfItsOwnTypeAndKeepsTheKeyToItself() {
    assertThat(proves(key.proof(claims(), "JWT", OutputControlLevel.PUBLIC_ONLY))).isFalse();
    assertThat(proves(key.proof(claims(), "dpop+jwt", OutputControlLevel.INCLUDE_PRIVATE)))
        .isFalse();
  }

  @Test
  void aSignatureThatIsNotItsOwnIsNone() {
    String proof = key.proof(claims());
    String other = key.proof(claims());
    assertThat(
            proves(
                proof.substring(0, proof.lastIndexOf('.'))
                    + other.substring(other.lastIndexOf('.'))))
        .isFalse();
    assertThat(proves(proof.substring(0, proof.lastIndexOf('.') + 1))).isFalse();
  }

  @Test
  void whenThereIsNoRoomToRememberNothingNewIsTaken() {
    Seen seen = new Seen(8);
    assertThat(seen.add("k1", "a", NOW.plusSeconds(9), NOW)).isTrue();
    assertThat(seen.add("k1", "b", NOW.plusSeconds(5), NOW)).isTrue();
    // a quarter of all there is, for each key
    assertThat(seen.add("k1", "c", NOW.plusSeconds(9), NOW)).isFalse();
    assertThat(seen.add("k2", "c", NOW.plusSeconds(9), NOW)).isTrue();
    assertThat(seen.add("k1", "c", NOW.plusSeconds(9), NOW.plusSeconds(6))).isTrue();
    assertThat(seen.add("k1", "a", NOW.plusSeconds(20), NOW.plusSeconds(6))).isFalse();
    for (int i = 0; i < 5; i++) {
      seen.add("other" + i, "x", NOW.plusSeconds(20), NOW.plusSeconds(6));
    }
    assertThat(seen.add("k3", "c", NOW.plusSeconds(20), NOW.plusSeconds(6))).isFalse();
  }
}
