package dev.turnpike.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that the profile started, on the Java that runs the profile. It is ended by {@link
 * #close}, and at the latest when the profile ends.
 */
final class Child implements AutoCloseable {
  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
  private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");
  private static final Pattern ALLOCATED = Pattern.compile("allocated=([0-9.]+)([BKMG])");
  private static final Pattern HEAP_USED =
      Pattern.compile("(?m)^ *(?:garbage-first heap|.*generation).*?used (\\d+)K");

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(Process::destroyForcibly)));
  }

  private final String name;
  private final Process process;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Runs a {@link Served} class and waits for its port. */
  static Listening served(Plan plan, String name, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return listening(
        plan, name, java(plan, name, command(main, arguments), ProcessBuilder.Redirect.PIPE));
  }

  /** The same, with that heap and what others leave of the processor. */
  static Listening servedAside(
      Plan plan, String name, String heap, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(List.of(JAVA_BIN.resolve("java").toString(), "-Xmx" + heap));
    command.addAll(command(main, arguments));
    return listening(plan, name, started(plan, name, command, ProcessBuilder.Redirect.PIPE));
  }

  private static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Listening listening(Plan plan, String name, Child child)
      throws IOException, InterruptedException {
    FutureTask<String> line = new FutureTask<>(() -> child.process.inputReader().readLine());
    Thread.ofPlatform().daemon().start(line);
    try {
      return new Listening(child, Integer.parseInt(line.get(30, TimeUnit.SECONDS)));
    } catch (ExecutionException | TimeoutException | NumberFormatException silent) {
      child.close();
      throw new IOException(name + " did not start; see " + log(plan, name), silent);
    }
  }

  /** Runs {@code java} with the plan's heap; the error stream goes to a log, as may the output. */
  static Child java(
      Plan plan, String name, List<String> arguments, ProcessBuilder.Redirect standardOutput)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JAVA_BIN.resolve("java").toString());
    command.add("-Xmx" + plan.heap());
    command.addAll(arguments);
    return started(plan, name, command, standardOutput);
  }

  private static Child started(
      Plan plan, String name, List<String> command, ProcessBuilder.Redirect standardOutput)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(standardOutput)
            .redirectError(ProcessBuilder.Redirect.to(log(plan, name).toFile()))
            .start();
    LIVE.add(process);
    return new Child(name, process);
  }

  /** Runs another program; what it says goes to a log. */
  static Child command(Plan plan, String name, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log(plan, name).toFile()))
            .start();
    LIVE.add(process);
    return new Child(name, process);
  }

  static Path log(Plan plan, String name) {
    return plan.output().resolve(name + ".log");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** CPU time since it began, in all its threads; in steps of 10 ms on Linux. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory in KiB, where the system tells. */
  OptionalLong residentKib() {
    return status("VmRSS:");
  }

  /** The most that resident memory has been, in KiB, where the system tells. */
  OptionalLong peakKib() {
    return status("VmHWM:");
  }

  /** What all its threads have allocated since they began, in KiB, where {@code jcmd} tells. */
  OptionalLong allocatedKib() throws InterruptedException {
    try {
      Matcher threads = ALLOCATED.matcher(jcmd("Thread.print", "-e"));
      double kib = 0;
      while (threads.find()) {
        double figure = Double.parseDouble(threads.group(1));
        kib +=
            switch (threads.group(2)) {
              case "G" -> figure * 1024 * 1024;
              case "M" -> figure * 1024;
              case "K" -> figure;
              case String bytes -> figure / 1024;
            };
      }
      return kib == 0 ? OptionalLong.empty() : OptionalLong.of((long) kib);
    } catch (IOException untold) {
      return OptionalLong.empty();
    }
  }

  /** Heap in use after a full collection, in KiB, where {@code jcmd} tells. */
  OptionalLong heapKib() throws InterruptedException {
    try {
      jcmd("GC.run");
      Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
      long sum = 0;
      while (used.find()) {
        sum += Long.parseLong(used.group(1));
      }
      return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    } catch (IOException untold) {
      return OptionalLong.empty();
    }
  }

  /** Asks it to end, and ends it when it does not within ten seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    LIVE.remove(process);
  }

  @Override
  public String toString() {
    return name + " (" + process.pid() + ")";
  }

  private OptionalLong status(String key) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | UncheckedIOException untold) {
      return OptionalLong.empty();
    }
  }

  private String jcmd(String... command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            JAVA_BIN.resolve("jcmd").toString(), Long.toString(process.pid())),
                        Stream.of(command))
                    .toList())
            .redirectErrorStream(true)
            .start();
    LIVE.add(jcmd);
    try {
      String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      jcmd.waitFor();
      return said;
    } finally {
      LIVE.remove(jcmd);
    }
  }

  /** A child, and the loopback port on which it serves. */
  record Listening(Child child, int port) {}
}
