package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Issues tokens of service accounts as the API server of a cluster does: the two documents that
 * verify them, and tokens with its claims. A cluster cannot be had here.
 */
public final class KubernetesIssuer implements AutoCloseable {
  private final HttpServer server;
  private final RsaJsonWebKey key;

  public KubernetesIssuer() {
    try {
      key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId("cluster-key");
      key.setAlgorithm("RS256");
      key.setUse("sig");
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/.well-known/openid-configuration",
          exchange ->
              answer(
                  exchange,
                  JsonUtil.toJson(
                      Map.of(
                          "issuer", issuer(),
                          "jwks_uri", issuer() + "/openid/v1/jwks",
                          "response_types_supported", List.of("id_token"),
                          "subject_types_supported", List.of("public"),
                          "id_token_signing_alg_values_supported", List.of("RS256")))));
      server.createContext(
          "/openid/v1/jwks",
          exchange ->
              answer(
                  exchange,
                  JsonUtil.toJson(
                      Map.of(
                          "keys",
                          List.of(key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))))));
      server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A token of an account in a namespace, which says that it is of that issuer. */
  public String token(String namespace, String account, String audience, String issuer) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", List.of(audience));
    claims.put("exp", now + 600);
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("iss", issuer);
    claims.put("sub", "system:serviceaccount:" + namespace + ":" + account);
    claims.put(
        "kubernetes.io",
        Map.of("namespace", namespace, "serviceaccount", Map.of("name", account, "uid", "1")));
    try {
      JsonWebSignature token = new JsonWebSignature();
      token.setAlgorithmHeaderValue("RS256");
      token.setKeyIdHeaderValue(key.getKeyId());
      token.setPayload(JsonUtil.toJson(claims));
      token.setKey(key.getPrivateKey());
      return token.getCompactSerialization();
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
