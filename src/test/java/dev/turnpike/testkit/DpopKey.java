package dev.turnpike.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The key of a client, and proofs that it holds it (RFC 9449), whole or with something amiss. */
public final class DpopKey {
  private final EllipticCurveJsonWebKey key = made();

  private static EllipticCurveJsonWebKey made() {
    try {
      return EcJwkGenerator.generateJwk(EllipticCurves.P256);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public String thumbprint() {
    return key.calculateBase64urlEncodedThumbprint("SHA-256");
  }

  /** What a proof says that is as it should be. */
  public static Map<String, Object> claims(String method, String url, String token, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", "id-" + System.nanoTime());
    claims.put("htm", method);
    claims.put("htu", url);
    claims.put("iat", now.getEpochSecond());
    if (!token.isEmpty()) {
      claims.put("ath", hash(token));
    }
    return claims;
  }

  /** A proof that says this. */
  public String proof(Map<String, Object> claims) {
    return proof(claims, "dpop+jwt", JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /** A proof of another type, or one that gives the key away. */
  public String proof(
      Map<String, Object> claims, String type, JsonWebKey.OutputControlLevel shown) {
    try {
      JsonWebSignature proof = new JsonWebSignature();
      proof.setAlgorithmHeaderValue("ES256");
      proof.setHeader("typ", type);
      proof.getHeaders().setObjectHeaderValue("jwk", key.toParams(shown));
      proof.setPayload(JsonUtil.toJson(claims));
      proof.setKey(key.getPrivateKey());
      return proof.getCompactSerialization();
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String hash(String token) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
