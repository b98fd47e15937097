package dev.turnpike.testkit.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script that serves on a port of loopback. Its standard input is a pipe from this process and
 * the scripts end when that closes, so none is left behind even where a test run is killed.
 */
public final class NodeProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening (\\d+)");
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration ENDING = Duration.ofSeconds(5);

  private final Process process;
  private final int port;

  private NodeProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static NodeProcess start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Process process = builder(folder, environment, command).redirectErrorStream(true).start();
    var port = new CompletableFuture<Integer>();
    var said = new ConcurrentLinkedQueue<String>();
    Thread.ofPlatform().daemon().name("peer-output").start(() -> listen(process, port, said));
    try {
      return new NodeProcess(process, port.get(STARTING.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      end(process);
      throw new IllegalStateException("%s does not listen: %s".formatted(command, said), e);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Finished finish(
      Path folder, Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("peer", ".out");
      Path err = Files.createTempFile("peer", ".err");
      try {
        Process process =
            builder(folder, environment, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          end(process);
        }
        var finished =
            new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        if (!ended) {
          throw new IllegalStateException(
              "%s took more than %s: %s".formatted(command, limit, finished));
        }
        return finished;
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /**
   * Where it serves MCP, by the name {@code localhost}, which the suite's check of Host and Origin
   * asks for.
   */
  public String mcpUrl() {
    return "http://localhost:" + port + "/mcp";
  }

  /** Ends the process and all that it started; returns when they are gone. */
  @Override
  public void close() {
    end(process);
  }

  private static ProcessBuilder builder(
      Path folder, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  private static void listen(
      Process process, CompletableFuture<Integer> port, ConcurrentLinkedQueue<String> said) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var listening = LISTENING.matcher(line);
        if (listening.matches()) {
          port.complete(Integer.valueOf(listening.group(1)));
        } else if (!port.isDone()) {
          said.add(line);
        }
      }
    } catch (IOException closed) {
      port.completeExceptionally(closed);
    }
    port.completeExceptionally(new IOException("it ended before it listened"));
  }

  private static void end(Process process) {
    // Asked for before the parent ends: after it they are nobody's descendants.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(ENDING.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stubborn) {
        one.destroyForcibly();
        one.onExit().join();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        one.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
