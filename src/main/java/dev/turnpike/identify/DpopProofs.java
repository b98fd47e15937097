package dev.turnpike.identify;

import dev.turnpike.exchange.Headers;
import dev.turnpike.seal.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * Checks that who sends a token holds the key that it is bound to (RFC 9449, section 4.3): a proof
 * is good for one request, once, within a minute. Thread-safe.
 */
final class DpopProofs {
  static final String HEADER = "dpop";

  /** Signatures that are taken: all of them with a key that only its holder has. */
  static final List<String> ALGORITHMS = List.of("ES256", "ES384", "PS256", "RS256", "EdDSA");

  private static final Duration OLDEST = Duration.ofSeconds(60);
  private static final Duration AHEAD = Duration.ofSeconds(10);
  private static final int LONGEST = 8 * 1024;
  private static final int LONGEST_ID = 256;
  private static final int MOST_REMEMBERED = 100_000;

  private final InstantSource wall;
  private final Seen seen;

  DpopProofs(InstantSource wall) {
    this.wall = wall;
    this.seen = new Seen(MOST_REMEMBERED);
  }

  /**
   * Whether the proof among the headers is one for this request.
   *
   * @param url that the request was sent to, without a query
   * @param thumbprint of the key that the token is bound to
   */
  boolean prove(Headers headers, String method, String url, String token, String thumbprint) {
    List<String> sent = headers.all(HEADER);
    if (sent.size() != 1 || sent.getFirst().length() > LONGEST) {
      return false;
    }
    try {
      JsonWebSignature proof = new JsonWebSignature();
      proof.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new)));
      proof.setCompactSerialization(sent.getFirst());
      // the library refuses one that gives its private half away
      PublicJsonWebKey key = proof.getJwkHeader();
      if (!"dpop+jwt".equals(proof.getHeader("typ"))
          || key == null
          || !thumbprint.equals(thumbprint(key))) {
        return false;
      }
      proof.setKey(key.getPublicKey());
      return proof.verifySignature()
          && fits(JwtClaims.parse(proof.getPayload()), method, url, token, thumbprint);
    } catch (JoseException | InvalidJwtException | MalformedClaimException | RuntimeException bad) {
      return false;
    }
  }

  private boolean fits(JwtClaims claims, String method, String url, String token, String thumbprint)
      throws MalformedClaimException {
    Instant now = wall.instant();
    String id = claims.getJwtId();
    if (id == null
        || id.isEmpty()
        || id.length() > LONGEST_ID
        || claims.getIssuedAt() == null
        || !method.equals(claims.getStringClaimValue("htm"))
        || !url.equals(claims.getStringClaimValue("htu"))
        || !hash(token).equals(claims.getStringClaimValue("ath"))) {
      return false;
    }
    Instant made = Instant.ofEpochMilli(claims.getIssuedAt().getValueInMillis());
    return !made.isBefore(now.minus(OLDEST))
        && !made.isAfter(now.plus(AHEAD))
        && seen.add(thumbprint, id, made.plus(OLDEST), now);
  }

  private static String thumbprint(JsonWebKey key) {
    return key.calculateBase64urlEncodedThumbprint("SHA-256");
  }

  private static String hash(String token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(token));
  }
}
