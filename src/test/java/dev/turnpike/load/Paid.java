package dev.turnpike.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What it costs that calls are paid for: budgets in tokens and calls, tokens counted, the ledger on
 * the disk, beside the same process without budgets, that counts nothing and keeps usage in memory.
 *
 * @param paidOfFree throughput
 * @param free latency of every call without, of all rounds together
 * @param paid with
 */
record Paid(Series paidOfFree, Histogram free, Histogram paid) {
  private static final String BUDGETS =
      """
      budgets:
        - { name: tokens-minute, per: caller.tenant, limit: 900000000000, window: 1m }
        - { name: cost-day, limit: 900000000000, window: day, cost: input + output * 4 }
        - { name: calls-month, per: call.target, limit: 900000000000, unit: calls, window: month }
      """;

  private record Turn(int port, boolean pays) {
    List<ToolCall> calls(Plan plan) {
      return Collections.nCopies(plan.connections(), ToolCall.modern("/mcp/load", port));
    }
  }

  /** Measures two processes, in turns. */
  static Paid of(Plan plan, int originPort) throws IOException, InterruptedException {
    Child.Listening free =
        start(
            plan,
            "free",
            originPort,
            "",
            List.of("-Dturnpike.ledger.url=memory", "-Dturnpike.tokens.share=0"));
    try (Child _ = free.child()) {
      Child.Listening paid = start(plan, "paid", originPort, BUDGETS, List.of());
      try (Child _ = paid.child()) {
        return measured(plan, List.of(new Turn(free.port(), false), new Turn(paid.port(), true)));
      }
    }
  }

  private static Child.Listening start(
      Plan plan, String name, int originPort, String budgets, List<String> settings)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(settings);
    all.add("-Dturnpike.data=" + plan.output().resolve(name).toAbsolutePath());
    return Gateway.start(
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
  }

  private static Paid measured(Plan plan, List<Turn> both)
      throws IOException, InterruptedException {
    Paid measured = new Paid(new Series(), new Histogram(3), new Histogram(3));
    System.out.println("calls that are paid for");
    double peak = Double.MAX_VALUE;
    for (Turn turn : both) {
      Many.warm(turn.port(), turn.calls(plan), Duration.ofSeconds(plan.warmup()));
      peak = Math.min(peak, rate(plan, turn));
    }
    List<Turn> turns = new ArrayList<>(both);
    for (int round = 0; round < plan.rounds(); round++) {
      double free = 0;
      double paid = 0;
      for (Turn turn : turns) {
        double rate = rate(plan, turn);
        free = turn.pays() ? free : rate;
        paid = turn.pays() ? rate : paid;
      }
      System.out.printf("calls in a second: %,.0f paid for, and %,.0f%n", paid, free);
      measured.paidOfFree.add(paid / free);
      Collections.rotate(turns, 1);
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (Turn turn : turns) {
        Latency latency =
            OpenLoop.run(turn.port(), turn.calls(plan), peak / 3, plan.leadTime(), plan.window());
        if (latency.bad() > 0) {
          throw new IOException(latency.bad() + " answers were not what was asked for");
        }
        (turn.pays() ? measured.paid : measured.free).add(latency.nanos());
      }
      Collections.rotate(turns, 1);
    }
    return measured;
  }

  private static double rate(Plan plan, Turn turn) throws IOException {
    return Many.perSecond(turn.port(), turn.calls(plan), plan.leadTime(), plan.window());
  }

  String text() {
    return """

    calls that are paid for:
      throughput with three budgets, tokens and the ledger, of that without
                                     %6.2f  (%.2f to %.2f)  bar: at least 0.90
      a call, in milliseconds:          p50     p95     p99
        without                      %s
        with                         %s
    """
        .formatted(
            paidOfFree.median(),
            paidOfFree.least(),
            paidOfFree.most(),
            Many.row(free),
            Many.row(paid));
  }
}
