package dev.turnpike.testkit;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Redis on loopback, of the Debian package, that keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/redis-server"), Path.of("/usr/local/bin/redis-server"));

  private final int port;
  private Process process;

  private RedisServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Whether the package is installed. */
  public static boolean isHere() {
    boolean here = PLACES.stream().anyMatch(Files::isExecutable);
    if (!here) {
      System.out.println(
          "skipped: Redis is not here; get it by apt-get install redis-server (Debian)");
    }
    return here;
  }

  /** Starts one that is empty. */
  public static RedisServer start() {
    int port = KeycloakServer.free();
    return new RedisServer(port, started(port));
  }

  private static Process started(int port) {
    try {
      Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "no",
                  "--dir",
                  System.getProperty("java.io.tmpdir"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Eventually.holds("Redis is there", () -> answers(port));
      return process;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean answers(int port) {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException notYet) {
      return false;
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** A client of it. */
  public Redis client(Vertx vertx) {
    return Redis.createClient(
        vertx,
        new RedisOptions().setConnectionString(url()).setMaxPoolSize(8).setMaxPoolWaiting(10_000));
  }

  /** Kills it; who is connected is cut off, and what it had is gone. */
  public void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Starts it again, empty. */
  public void begin() {
    process = started(port);
  }

  /** It answers nobody until it is waked; connections stay. */
  public void sleep() {
    signal("STOP");
  }

  public void wake() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Sends it one command; the answer as a text. */
  public static String command(Redis client, Command command, Object... arguments) {
    Request request = Request.cmd(command);
    Stream.of(arguments).map(String::valueOf).forEach(request::arg);
    try {
      return String.valueOf(
          client.send(request).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      signal("CONT");
    }
    stop();
  }
}
