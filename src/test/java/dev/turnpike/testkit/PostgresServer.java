package dev.turnpike.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL on loopback, of the Debian package, with a folder of its own. */
public final class PostgresServer implements AutoCloseable {
  /** Needs no password: only this machine reaches it. */
  public static final String USER = "turnpike";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path folder;
  private final int port;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Whether the package is installed, and we may run it. */
  public static boolean isHere() {
    boolean here = bin().isPresent();
    if (!here) {
      System.out.println(
          "skipped: PostgreSQL is not here; get it by apt-get install postgresql (Debian)");
    }
    return here;
  }

  private static Optional<Path> bin() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts one that is empty. */
  public static PostgresServer start() {
    try {
      Path folder = Files.createTempDirectory("postgres");
      if (isRoot()) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      PostgresServer server = new PostgresServer(folder, KeycloakServer.free());
      server.ours("initdb", "--auth=trust", "--no-sync", "-U", USER, "-D", server.data());
      server.begin();
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts it again, where it was stopped. */
  public void begin() {
    ours(
        "pg_ctl",
        "-w",
        "-s",
        "-D",
        data(),
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -h 127.0.0.1 -k %s -F".formatted(port, folder),
        "start");
  }

  /** Stops it; who is connected is cut off. */
  public void stop() {
    ours("pg_ctl", "-w", "-s", "-D", data(), "-m", "immediate", "stop");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  // it refuses to run as root
  private void ours(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin().orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) {
    try {
      Path said = Files.createTempFile("postgres", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(command + ": " + Files.readString(said));
      }
      Files.delete(said);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (AssertionError stopped) {
      System.out.println("PostgreSQL was stopped before: " + stopped.getMessage());
    }
    run(List.of("rm", "-rf", folder.toString()));
  }
}
