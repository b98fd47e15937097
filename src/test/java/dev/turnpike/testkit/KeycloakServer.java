package dev.turnpike.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A real Keycloak on loopback, with the realm that Turnpike ships. */
public final class KeycloakServer implements AutoCloseable {
  private static final Path ZIP = Path.of(System.getProperty("keycloak.zip", "none"));
  private static final Path HOME = Path.of("target", "keycloak").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private KeycloakServer(Process process, int port) {
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
    try {
      unpack();
      delete(HOME.resolve("data"));
      Path realm = Files.createDirectories(HOME.resolve("data/import")).resolve("realm.json");
      Files.writeString(
          realm,
          Files.readString(Path.of("src/main/resources/keycloak/turnpike-realm.json"))
              .replace("http://localhost:8080", audience));
      int port = free();
      ProcessBuilder builder =
          new ProcessBuilder(
                  "sh",
                  HOME.resolve("bin/kc.sh").toString(),
                  "start-dev",
                  "--import-realm",
                  "--http-host=127.0.0.1",
                  "--http-port=" + port,
                  "--hostname=http://127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("data/log").toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx400m");
      KeycloakServer server = new KeycloakServer(builder.start(), port);
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
    return "http://127.0.0.1:" + port + "/realms/turnpike";
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
    String body =
        form.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build());
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

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void unpack() throws IOException {
    if (Files.isRegularFile(HOME.resolve("whole"))) {
      return;
    }
    try (InputStream file = Files.newInputStream(ZIP);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // without the folder that has the version in its name
        Path to = HOME.resolve(entry.getName().substring(entry.getName().indexOf('/') + 1));
        if (!to.normalize().startsWith(HOME)) {
          throw new IOException("leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.write(to, zip.readAllBytes());
        }
      }
    }
    Files.createFile(HOME.resolve("whole"));
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
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
