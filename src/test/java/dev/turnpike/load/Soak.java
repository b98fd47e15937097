package dev.turnpike.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * Mixed traffic of both eras with faults, for as long as {@code -Dsoak.minutes} says; what must not
 * grow is looked at all the while. Exit status 1 where something grew, leaked or was not answered.
 */
public final class Soak {
  private static final int CALLERS = 12;
  private static final int LOOKS = 20;

  private static final String SETUP =
      """
      upstreams:
        modern:
          mcp: { url: "http://127.0.0.1:%1$d/mcp", revision: modern, timeout: 1s, concurrency: 1000 }
        legacy:
          mcp: { url: "http://127.0.0.1:%1$d/legacy", revision: legacy, timeout: 1s, concurrency: 1000 }
      endpoints:
        load: { mcp: { upstreams: [modern] }, anonymous: true }
        load-legacy: { mcp: { upstreams: [legacy] }, anonymous: true }
      rules:
        - name: soaked
          allow: { endpoints: ["load", "load-legacy"], tools: ["echo", "fault-*"] }
          when: 'args.text != ""'
      budgets:
        - { name: never-used-up, per: call.endpoint, limit: 1000000000, unit: calls, window: 1h }
      """;

  private Soak() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Plan plan = Plan.ofSystemProperties();
    Files.createDirectories(plan.output());
    Duration length = Duration.ofSeconds((long) (60 * Double.parseDouble(minutes())));
    List<Child> started = new ArrayList<>();
    boolean flat;
    try {
      Child.Listening origin = Child.served(plan, "origin", FaultyOrigin.class);
      started.add(origin.child());
      Child.Listening gateway =
          Gateway.start(
              plan,
              "soak",
              plan.application(),
              SETUP.formatted(origin.port()),
              List.of(
                  "-Dio.netty.leakDetection.level=" + System.getProperty("soak.leaks", "paranoid"),
                  "-Dturnpike.limits.session-idle=20s",
                  "-Dturnpike.limits.replay-age=5s",
                  "-Dturnpike.limits.head-time=2s"));
      started.add(gateway.child());
      flat = run(gateway, length) & noLeak(plan);
    } finally {
      started.reversed().forEach(Child::close);
    }
    System.exit(flat ? 0 : 1);
  }

  private static String minutes() {
    return System.getProperty("soak.minutes", "30");
  }

  private static boolean run(Child.Listening gateway, Duration length)
      throws IOException, InterruptedException {
    ConcurrentHashMap<String, LongAdder> seen = new ConcurrentHashMap<>();
    long seed = Long.getLong("soak.seed", System.nanoTime());
    System.out.printf("soak of %s min, seed %d%n", minutes(), seed);
    SplittableRandom random = new SplittableRandom(seed);
    long endNanos = System.nanoTime() + length.toNanos();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      SoakCaller caller = new SoakCaller(gateway.port(), random.split(), endNanos, seen);
      callers.add(Thread.ofPlatform().daemon().start(caller));
    }
    List<Vitals> looks = new ArrayList<>();
    System.out.println("   minute   heap KiB  threads  descriptors  resident KiB");
    for (int look = 1; look <= LOOKS; look++) {
      TimeUnit.NANOSECONDS.sleep(length.toNanos() / LOOKS);
      Vitals now = Vitals.of(gateway.child());
      looks.add(now);
      System.out.printf(
          "%9.1f%11.0f%9.0f%13.0f%14.0f%n",
          length.toSeconds() / 60.0 * look / LOOKS,
          now.heapKib(),
          now.threads(),
          now.descriptors(),
          now.residentKib());
    }
    for (Thread caller : callers) {
      caller.join(Duration.ofSeconds(60));
    }
    Map<String, LongAdder> sorted = new TreeMap<>(seen);
    sorted.forEach((what, times) -> System.out.printf("%10d  %s%n", times.sum(), what));
    boolean answered = sorted.keySet().stream().noneMatch(what -> what.startsWith("FAILED"));
    return answered
        & flat("heap", looks, Vitals::heapKib, 1.15, 2_048)
        & flat("threads", looks, Vitals::threads, 1.0, 4)
        & flat("descriptors", looks, Vitals::descriptors, 1.1, 40)
        & flat("resident memory", looks, Vitals::residentKib, 1.1, 16_384);
  }

  /** The middle of the last quarter beside that of the second: the first is the warming up. */
  private static boolean flat(
      String what, List<Vitals> looks, ToDoubleFunction<Vitals> figure, double times, double more) {
    int quarter = looks.size() / 4;
    double before = middle(looks.subList(quarter, 2 * quarter), figure);
    double after = middle(looks.subList(looks.size() - quarter, looks.size()), figure);
    boolean flat = after <= before * times + more;
    System.out.printf(
        "%-16s %,10.0f then, %,10.0f now: %s%n", what, before, after, flat ? "flat" : "GREW");
    return flat;
  }

  private static double middle(List<Vitals> looks, ToDoubleFunction<Vitals> figure) {
    List<Double> sorted =
        looks.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }

  private static boolean noLeak(Plan plan) throws IOException {
    boolean clean = true;
    for (Path log : List.of(plan.output().resolve("soak.out"), Child.log(plan, "soak"))) {
      try (var lines = Files.lines(log)) {
        List<String> bad =
            lines
                .filter(line -> line.contains("LEAK:") || line.contains(" ERROR "))
                .limit(5)
                .toList();
        bad.forEach(line -> System.out.println("in the log: " + line));
        clean &= bad.isEmpty();
      }
    }
    return clean;
  }
}
