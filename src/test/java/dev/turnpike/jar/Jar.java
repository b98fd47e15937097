package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run of the packaged jar. */
public final class Jar implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final int port;
  private final int managementPort;

  private Jar(Process process, Path out, int port, int managementPort) {
    this.process = process;
    this.out = out;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts it on free ports, with these environment variables, settings and arguments. */
  public static Jar start(
      Path folder, Map<String, String> environment, List<String> settings, String... arguments)
      throws IOException {
    int port = free();
    int managementPort = free();
    while (managementPort == port) {
      managementPort = free();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + managementPort);
    command.addAll(settings);
    command.add("-jar");
    command.add(System.getProperty("packaged.jar", "target/quarkus-app/quarkus-run.jar"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "jar", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TURNPIKE_"));
    builder.environment().putAll(environment);
    return new Jar(builder.start(), out, port, managementPort);
  }

  /** A port that nobody has at this moment; the next may be the same. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  String url(String path) {
    return "http://localhost:" + port + path;
  }

  public String managementUrl(String path) {
    return "http://localhost:" + managementPort + path;
  }

  public Process process() {
    return process;
  }

  public String said() throws IOException {
    return Files.readString(out, UTF_8);
  }

  /** Waits until it has ended by itself, and gives its exit status. */
  int ended() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended");
    }
    return process.exitValue();
  }

  /** Waits until it is ready. */
  public Jar ready() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (readiness() != 200) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("it is not ready:\n" + said());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return this;
  }

  /** The status of its readiness check; 0 where nobody answers. */
  public int readiness() {
    try {
      return get(managementUrl("/q/health/ready")).statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  public static HttpResponse<String> get(String url) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url)).GET().build());
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
