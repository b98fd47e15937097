package dev.turnpike.load;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Measures {@code tools/call} on four or five ways to the same server, in turns, and prints one
 * table. Exit status 0 however slow anything was; 1 when something could not be measured.
 */
public final class LoadProfile {
  private static final long KEPT_LOG_BYTES = 64 * 1024;

  private final Plan plan;
  private final Child origin;
  private final List<Subject> subjects;

  private LoadProfile(Plan plan, Child origin, List<Subject> subjects) {
    this.plan = plan;
    this.origin = origin;
    this.subjects = subjects;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Plan plan = Plan.ofSystemProperties();
    Files.createDirectories(plan.output());
    endAfter(Duration.ofMinutes(plan.limit()));
    List<Child> started = new ArrayList<>();
    try {
      if (!plan.only().isEmpty()) {
        Child.Listening origin = Child.served(plan, "origin", McpOrigin.class);
        started.add(origin.child());
        System.out.println(alone(plan, origin.port()));
        return;
      }
      Report report = open(plan, started).measure();
      System.out.println(report.text());
      Files.writeString(plan.output().resolve("load.json"), report.json());
      System.out.println("The same as JSON: " + plan.output().resolve("load.json"));
    } finally {
      Collections.reverse(started);
      started.forEach(Child::close);
      shorten(plan.output().resolve("turnpike.out"));
      shorten(plan.output().resolve("other.out"));
    }
    System.exit(0);
  }

  private static String alone(Plan plan, int originPort) throws IOException, InterruptedException {
    return switch (plan.only()) {
      case "many" -> Many.of(plan, originPort).text();
      case "callers" -> Callers.of(plan, originPort).text();
      case "paid" -> Paid.of(plan, originPort).text();
      case "ledger" -> LedgerRate.of(plan).text();
      case "sabotage" -> Sabotage.of(plan, originPort);
      case "builds" -> Builds.of(plan, originPort).text();
      default ->
          throw new IOException(
              "load.only is many, callers, paid, ledger, sabotage or builds, not " + plan.only());
    };
  }

  private static LoadProfile open(Plan plan, List<Child> started)
      throws IOException, InterruptedException {
    Child.Listening origin = Child.served(plan, "origin", McpOrigin.class);
    started.add(origin.child());
    List<Subject> subjects = new ArrayList<>();
    subjects.add(subject(plan, "direct", Optional.empty(), "/mcp", origin.port()));
    for (String kind : List.of("streaming", "buffering")) {
      Child.Listening proxy =
          Child.served(plan, kind, BareProxy.class, kind, Integer.toString(origin.port()));
      started.add(proxy.child());
      subjects.add(subject(plan, kind, Optional.of(proxy.child()), "/mcp", proxy.port()));
    }
    Child.Listening threads =
        Child.served(plan, "threads", ThreadedProxy.class, Integer.toString(origin.port()));
    started.add(threads.child());
    subjects.add(subject(plan, "threads", Optional.of(threads.child()), "/mcp", threads.port()));
    Optional<Child.Listening> nginx = Debian.nginx(plan, origin.port());
    nginx.ifPresent(proxy -> add(plan, "nginx", proxy, started, subjects));
    Optional<Child.Listening> haproxy = Debian.haproxy(plan, origin.port());
    haproxy.ifPresent(proxy -> add(plan, "haproxy", proxy, started, subjects));
    if (Files.exists(plan.application())) {
      Child.Listening gateway = Gateway.start(plan, "turnpike", plan.application(), origin.port());
      started.add(gateway.child());
      Optional<Child> process = Optional.of(gateway.child());
      subjects.add(subject(plan, "turnpike", process, "/mcp/load", gateway.port()));
      int port = gateway.port();
      List<ToolCall> legacy = Gateway.legacyCalls(port, "/mcp/load-legacy", plan.connections());
      subjects.add(new Subject("legacy", process, port, legacy));
      subjects.add(subject(plan, "up", process, "/mcp/load-legacy", port));
      List<ToolCall> down = Gateway.legacyCalls(port, "/mcp/load", plan.connections());
      subjects.add(new Subject("down", process, port, down));
      if (plan.other().isPresent()) {
        Child.Listening other = Gateway.start(plan, "other", plan.other().get(), origin.port());
        started.add(other.child());
        Optional<Child> beside = Optional.of(other.child());
        subjects.add(subject(plan, "other", beside, "/mcp/load", other.port()));
      }
    } else {
      System.out.println("No " + plan.application() + ": only the floors are measured.");
    }
    return new LoadProfile(plan, origin.child(), subjects);
  }

  private static void add(
      Plan plan, String name, Child.Listening proxy, List<Child> started, List<Subject> subjects) {
    started.add(proxy.child());
    subjects.add(subject(plan, name, Optional.of(proxy.child()), "/mcp", proxy.port()));
  }

  private static Subject subject(
      Plan plan, String name, Optional<Child> process, String path, int port) {
    ToolCall call = ToolCall.modern(path, port);
    return new Subject(name, process, port, Collections.nCopies(plan.connections(), call));
  }

  private Report measure() throws IOException, InterruptedException {
    for (Subject subject : subjects) {
      System.out.println("warming up " + subject.name());
      saturate(subject, Duration.ofSeconds(plan.warmup()));
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      System.out.println("throughput, round " + round + " of " + plan.rounds());
      for (Subject subject : subjects) {
        subject.figures().add(saturate(subject, plan.window()));
      }
    }
    double rate = fixedRate();
    for (int round = 1; round <= plan.rounds(); round++) {
      System.out.printf("latency at %.0f/s, round %d of %d%n", rate, round, plan.rounds());
      for (Subject subject : subjects) {
        Latency latency =
            OpenLoop.run(subject.port(), subject.calls(), rate, plan.leadTime(), plan.window());
        subject.figures().add(latency);
      }
    }
    for (Subject subject : subjects) {
      if (subject.process().isPresent()) {
        subject.figures().addMemoryOf(subject.process().get());
      }
    }
    Optional<Subject> turnpike =
        subjects.stream().filter(subject -> subject.name().equals("turnpike")).findFirst();
    Optional<Strain> strain =
        turnpike.isPresent() && plan.idleStreams() > 0
            ? Optional.of(Strain.of(plan, turnpike.get(), rate))
            : Optional.empty();
    System.out.println("first answers");
    Optional<StartUp> startUp =
        Files.exists(plan.application()) && Files.exists(plan.bare())
            ? Optional.of(StartUp.of(plan, originPort()))
            : Optional.empty();
    Optional<Many> many =
        Files.exists(plan.application())
            ? Optional.of(Many.of(plan, originPort()))
            : Optional.empty();
    Optional<Callers> callers =
        Files.exists(plan.application())
            ? Optional.of(Callers.of(plan, originPort()))
            : Optional.empty();
    return new Report(plan, subjects, rate, strain, startUp, many, callers);
  }

  private int originPort() {
    return subjects.getFirst().port();
  }

  private Sample saturate(Subject subject, Duration window) throws IOException {
    Supplier<Cost> cost =
        () ->
            new Cost(
                subject.process().map(Child::cpu).orElse(Duration.ZERO),
                origin.cpu(),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    return new ClosedLoop(subject.port(), subject.calls()).run(plan.leadTime(), window, cost);
  }

  /** A third of what the slowest way but the direct one can do: every subject gets the same. */
  private double fixedRate() {
    OptionalDouble slowest =
        subjects.stream()
            .filter(subject -> subject.process().isPresent())
            .mapToDouble(subject -> subject.figures().callsPerSecond.median())
            .min();
    return slowest.orElseThrow() / 3;
  }

  /**
   * Keeps how it started; the line that each call wrote has served its purpose, which is to cost.
   */
  private static void shorten(Path log) throws IOException {
    if (Files.exists(log)) {
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(KEPT_LOG_BYTES);
      }
    }
  }

  private static void endAfter(Duration limit) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(limit);
          } catch (InterruptedException never) {
            return;
          }
          System.err.println("ended after " + limit.toMinutes() + " minutes, unfinished");
          System.exit(1);
        });
  }
}
