package dev.turnpike.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.demo.KeycloakProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A real Keycloak on loopback, with the realm that Turnpike ships. */
public final class KeycloakServer implements AutoCloseable {
  private static final Path ZIP = Path.of(System.getProperty("keycloak.zip", "none"));
  private static final Path HOME = Path.of("target", "keycloak").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private static final String TOKENS = "/protocol/openid-connect/token";
  private static final String ADMIN = "admin";

  private final KeycloakProcess process;
  private final int port;
  private int rotations;
  private final HttpClient client = HttpClient.newHttpClient();

  private KeycloakServer(KeycloakProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether its distribution is in the local repository. */
  public static boolean isHere() {
    boolean here = Files.isRegularFile(ZIP);
    if (!here) {
      System.out.println(
          "skipped: Keycloak's distribution is not here; get it by ./mvnw dependency:get"
              + " -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip -Dtransitive=false");
    }
    return here;
  }

  /** Starts it, where a token for here names that audience. */
  public static KeycloakServer start(String audience) {
    return start(audience, free());
  }

  /** Starts it on that port. */
  public static KeycloakServer start(String audience, int port) {
    try {
      KeycloakProcess.unpack(ZIP, HOME);
      delete(HOME.resolve("data"));
      String realm =
          Files.readString(Path.of("src/main/resources/keycloak/turnpike-realm.json"))
              .replace("http://localhost:8080", audience);
      KeycloakProcess process =
          KeycloakProcess.start(HOME, Path.of(System.getProperty("java.home")), realm, port);
      KeycloakServer server = new KeycloakServer(process, port);
      server.await();
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void await() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!serves()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        close();
        throw new AssertionError(
            "Keycloak is not there:\n" + Files.readString(HOME.resolve("data/log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private boolean serves() {
    try {
      return send(HttpRequest.newBuilder(URI.create(issuer())).GET().build()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  public String issuer() {
    return KeycloakProcess.issuer(port);
  }

  /** Has tokens signed with a new key from now on; the old one still verifies. */
  public void rotate() {
    String bearer =
        "Bearer "
            + token(
                    "http://127.0.0.1:" + port + "/realms/master",
                    Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        ADMIN,
                        "password",
                        ADMIN),
                    Map.of())
                .path("access_token")
                .asText();
    String realm = "http://127.0.0.1:" + port + "/admin/realms/turnpike";
    try {
      HttpResponse<String> known =
          send(HttpRequest.newBuilder(URI.create(realm)).header("Authorization", bearer).build());
      String id = RawAnswer.json(known.body()).path("id").asText();
      HttpResponse<String> made =
          send(
              HttpRequest.newBuilder(URI.create(realm + "/components"))
                  .header("Authorization", bearer)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          """
                          {"name":"rotated-%d","providerId":"rsa-generated","parentId":"%s",
                           "providerType":"org.keycloak.keys.KeyProvider",
                           "config":{"priority":["%d"],"enabled":["true"],"active":["true"],
                                     "algorithm":["RS256"],"keySize":["2048"]}}
                          """
                              .formatted(++rotations, id, 1_000 + rotations)))
                  .build());
      if (made.statusCode() != 201) {
        throw new AssertionError(made.statusCode() + " " + made.body());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A token of a client with a secret, bound to a key. */
  public String bound(DpopKey key) {
    String url = issuer() + TOKENS;
    return token(
            issuer(),
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "bound",
                "client_secret",
                "bound-secret"),
            Map.of("DPoP", key.proof(DpopKey.claims("POST", url, "", Instant.now()))))
        .path("access_token")
        .asText();
  }

  /** Has the issuer no longer vouch for a token of a user. */
  public void revoke(String token) {
    try {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/revoke"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "client_id=mcp-client&token_type_hint=access_token&token=" + token))
                  .build());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A token of a user, with those scopes besides. */
  public JsonNode ofUser(String user, String... scopes) {
    return token(
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "mcp-client",
            "username",
            user,
            "password",
            user,
            "scope",
            ("openid " + String.join(" ", scopes)).strip()));
  }

  /** A token of a client with a secret. */
  public JsonNode ofClient(String id) {
    return token(
        Map.of(
            "grant_type", "client_credentials", "client_id", id, "client_secret", id + "-secret"));
  }

  private JsonNode token(Map<String, String> form) {
    return token(issuer(), form, Map.of());
  }

  private JsonNode token(String realm, Map<String, String> form, Map<String, String> headers) {
    String body =
        form.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(realm + TOKENS))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      headers.forEach(request::header);
      HttpResponse<String> answer = send(request.build());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.body());
      }
      return RawAnswer.json(answer.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** A port that is free now. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (var walk = Files.walk(folder)) {
        all = walk.sorted((a, b) -> b.compareTo(a)).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
