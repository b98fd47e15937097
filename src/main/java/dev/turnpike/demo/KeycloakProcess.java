package dev.turnpike.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A Keycloak on loopback, of its distribution, with a realm that it imports. Blocks. */
public final class KeycloakProcess implements AutoCloseable {
  /** Where its distribution is in a local repository of Maven. */
  public static final String ZIP =
      "org/keycloak/keycloak-quarkus-dist/26.7.3/keycloak-quarkus-dist-26.7.3.zip";

  /** How it gets there. */
  public static final List<String> FETCH =
      List.of(
          "dependency:get",
          "-Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip",
          "-Dtransitive=false");

  private static final String ADMIN = "admin";

  private final Process process;

  private KeycloakProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it in development mode; it takes half a minute until it serves.
   *
   * @param home where {@link #unpack} put it; its log is in {@code data/log}
   * @param java home of the Java that runs it
   */
  public static KeycloakProcess start(Path home, Path java, String realm, int port)
      throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve("data/import")).resolve("realm.json"), realm);
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("data/log").toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx400m");
    return new KeycloakProcess(builder.start());
  }

  /** What the issuer on that port calls itself. */
  public static String issuer(int port) {
    return "http://127.0.0.1:" + port + "/realms/turnpike";
  }

  /** Unpacks the distribution, unless that is done. */
  public static void unpack(Path archive, Path home) throws IOException {
    if (Files.isRegularFile(home.resolve("whole"))) {
      return;
    }
    try (InputStream file = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // without the folder that has the version in its name
        Path to = home.resolve(entry.getName().substring(entry.getName().indexOf('/') + 1));
        if (!to.normalize().startsWith(home)) {
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
    Files.createFile(home.resolve("whole"));
  }

  public boolean isAlive() {
    return process.isAlive();
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
