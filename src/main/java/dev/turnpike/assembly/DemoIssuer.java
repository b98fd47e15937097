package dev.turnpike.assembly;

import dev.turnpike.demo.KeycloakProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The Keycloak of {@code turnpike.demo=keycloak}, fetched where it is not here. */
final class DemoIssuer implements AutoCloseable {
  static final int PORT = 8180;

  private static final Logger LOG = Logger.getLogger("turnpike");
  private static final Path WRAPPER = Path.of("mvnw");

  private final Path data;
  private volatile @Nullable KeycloakProcess running;

  DemoIssuer(Path data) {
    this.data = data;
  }

  /** Starts it, or says in the log why it cannot be. Blocks. */
  void start() {
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path zip = repository.resolve(KeycloakProcess.ZIP);
    Path home = data.resolve("keycloak").toAbsolutePath();
    try {
      if (!Files.isRegularFile(zip) && Files.isExecutable(WRAPPER)) {
        fetch();
      }
      if (!Files.isRegularFile(zip)) {
        LOG.errorf(
            "Keycloak does not run: its distribution is not at %s; get it with ./mvnw %s",
            zip, String.join(" ", KeycloakProcess.FETCH));
        return;
      }
      KeycloakProcess.unpack(zip, home);
      Files.createDirectories(home.resolve("data"));
      running =
          KeycloakProcess.start(home, Path.of(System.getProperty("java.home")), realm(), PORT);
      LOG.infof(
          "Keycloak starts, which takes half a minute: %s (users ann and ben, their names are their"
              + " passwords; client mcp-client). Its log: %s",
          KeycloakProcess.issuer(PORT), home.resolve("data/log"));
    } catch (IOException failed) {
      LOG.error("Keycloak does not run: " + failed.getMessage());
    }
  }

  private static void fetch() throws IOException {
    LOG.info("Keycloak's distribution is fetched (177 MB)");
    List<String> command = new ArrayList<>(List.of(WRAPPER.toAbsolutePath().toString(), "-q"));
    command.addAll(KeycloakProcess.FETCH);
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String realm() throws IOException {
    try (InputStream in = DemoIssuer.class.getResourceAsStream("/keycloak/turnpike-realm.json")) {
      if (in == null) {
        throw new IOException("the realm is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    KeycloakProcess open = running;
    if (open != null) {
      open.close();
    }
  }
}
