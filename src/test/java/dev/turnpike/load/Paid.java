package dev.turnpike.load;

import dev.turnpike.testkit.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What it costs that calls are paid for: budgets in tokens and calls, tokens counted, the ledger on
 * the disk, with counters in memory, in Redis by shares, and in Redis for every call; beside the
 * same process without budgets, that counts nothing and keeps usage in memory.
 *
 * @param ways each in a process of its own; the first is the one without
 */
record Paid(List<Way> ways) {
  private static final String BUDGETS =
      """
      budgets:
        - { name: tokens-minute, per: caller.tenant, limit: 900000000000, window: 1m, exact: %1$b }
        - { name: cost-day, limit: 900000000000, window: day, cost: input + output * 4, exact: %1$b }
        - { name: calls-month, per: call.target, limit: 900000000000, unit: calls, window: month, exact: %1$b }
      """;

  // all of it at once: one that may grow stays small, and the collector marks without end
  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");
  // compiling goes on for more than a minute, and longer the more there is to compile
  private static final int LEAST_WARMUP = 60;

  /**
   * One way of counting.
   *
   * @param ofFree throughput, of that without
   * @param latency of every call, of all rounds together
   */
  private record Way(
      String name, String bar, int port, Series ofFree, Histogram latency, double[] last) {
    Way(String name, String bar, int port) {
      this(name, bar, port, new Series(), new Histogram(3), new double[1]);
    }

    List<ToolCall> calls(Plan plan) {
      return Collections.nCopies(plan.connections(), ToolCall.modern("/mcp/load", port));
    }
  }

  /** Measures all processes, in turns. */
  static Paid of(Plan plan, int originPort) throws IOException, InterruptedException {
    List<Child> children = new ArrayList<>();
    Optional<RedisServer> redis =
        RedisServer.isHere() ? Optional.of(RedisServer.start()) : Optional.empty();
    try {
      List<Way> ways = new ArrayList<>();
      ways.add(
          way(
              plan,
              "free",
              "",
              originPort,
              "",
              children,
              "-Dturnpike.ledger.url=memory",
              "-Dturnpike.tokens.share=0"));
      ways.add(
          way(
              plan,
              "memory",
              "bar: at least 0.90",
              originPort,
              BUDGETS.formatted(false),
              children));
      if (redis.isPresent()) {
        String[] settings = {
          "-Dturnpike.store=redis", "-Dquarkus.redis.hosts=" + redis.get().url()
        };
        ways.add(
            way(
                plan,
                "leased",
                "bar: at least 0.85",
                originPort,
                BUDGETS.formatted(false),
                children,
                settings));
        ways.add(way(plan, "exact", "", originPort, BUDGETS.formatted(true), children, settings));
      }
      return measured(plan, new Paid(ways));
    } finally {
      for (Child child : children) {
        child.close();
      }
      redis.ifPresent(RedisServer::close);
    }
  }

  private static Way way(
      Plan plan,
      String name,
      String bar,
      int originPort,
      String budgets,
      List<Child> children,
      String... settings)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("-Dturnpike.data=" + plan.output().resolve(name).toAbsolutePath());
    // who asks for all that there is does not want to be turned away for that
    all.add("-Dturnpike.limits.lateness=10s");
    all.addAll(HEAP);
    Child.Listening child =
        Gateway.start(
            plan,
            name,
            plan.application(),
            """
            upstreams:
              modern: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern } }
            endpoints:
              load: { mcp: { upstreams: [modern] }, anonymous: true }
            rules:
              - { name: all, allow: {} }
            %s
            """
                .formatted(originPort, budgets),
            all);
    children.add(child.child());
    return new Way(name, bar, child.port());
  }

  private static Paid measured(Plan plan, Paid paid) throws IOException, InterruptedException {
    System.out.println("calls that are paid for");
    double peak = Double.MAX_VALUE;
    for (Way way : paid.ways) {
      Many.warm(
          way.port(), way.calls(plan), Duration.ofSeconds(Math.max(LEAST_WARMUP, plan.warmup())));
      peak = Math.min(peak, rate(plan, way));
    }
    List<Way> turns = new ArrayList<>(paid.ways);
    for (int round = 0; round < plan.rounds(); round++) {
      for (Way way : turns) {
        way.last()[0] = rate(plan, way);
      }
      double free = paid.ways.getFirst().last()[0];
      for (Way way : paid.ways) {
        way.ofFree().add(way.last()[0] / free);
        System.out.printf("%s %,.0f  ", way.name(), way.last()[0]);
      }
      System.out.println("calls in a second");
      Collections.rotate(turns, 1);
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (Way way : turns) {
        Latency latency =
            OpenLoop.run(way.port(), way.calls(plan), peak / 3, plan.leadTime(), plan.window());
        if (latency.bad() > 0) {
          throw new IOException(latency.bad() + " answers were not what was asked for");
        }
        way.latency().add(latency.nanos());
      }
      Collections.rotate(turns, 1);
    }
    return paid;
  }

  private static double rate(Plan plan, Way way) throws IOException {
    return Many.perSecond(way.port(), way.calls(plan), plan.leadTime(), plan.window());
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            """

            calls that are paid for, with three budgets, tokens counted and the ledger:
              throughput, of that without any of it; latency in milliseconds at a third of the least peak
                                                             p50     p95     p99
            """);
    for (Way way : ways) {
      text.append(
          "      %-8s %6.2f  (%.2f to %.2f) %20s  %s%n"
              .formatted(
                  way.name(),
                  way.ofFree().median(),
                  way.ofFree().least(),
                  way.ofFree().most(),
                  Many.row(way.latency()),
                  way.bar()));
    }
    return text.toString();
  }
}
