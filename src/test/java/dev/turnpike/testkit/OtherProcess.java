package dev.turnpike.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A main class of the tests in a process of its own, on their class path, which tells the port that
 * it listens at, and ends when its standard input does: it outlives neither the test nor its
 * process.
 */
public final class OtherProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final int port;

  private OtherProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits for its port.
   *
   * @param log takes what it says else
   * @param options of Java, such as how much heap there is
   */
  public static OtherProcess start(
      File log, List<String> options, Class<?> main, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            line.complete(process.inputReader().readLine());
          } catch (IOException failed) {
            line.completeExceptionally(failed);
          }
        });
    try {
      return new OtherProcess(
          process, Integer.parseInt(line.get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    } catch (ExecutionException | TimeoutException | NumberFormatException silent) {
      process.destroyForcibly();
      throw new AssertionError(main.getSimpleName() + " did not start: see " + log, silent);
    }
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as a machine does that fails. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + process.pid());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
