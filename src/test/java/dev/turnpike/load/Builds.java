package dev.turnpike.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * This build beside another one, in turns: throughput, and latency of both at a third of what the
 * slower of them can do.
 */
record Builds(Series ratio, Series own, Series others, Histogram ownNanos, Histogram otherNanos) {
  static Builds of(Plan plan, int originPort) throws IOException, InterruptedException {
    if (plan.other().isEmpty()) {
      throw new IOException(
          "say which build this one is compared with: -Dload.other=<its quarkus-run.jar>");
    }
    System.out.println("this build beside " + plan.other().get());
    Child.Listening own = start(plan, "turnpike", plan.application(), originPort);
    try (Child _ = own.child()) {
      Child.Listening other = start(plan, "other", plan.other().get(), originPort);
      try (Child _ = other.child()) {
        return measured(plan, own.port(), other.port());
      }
    }
  }

  private static Child.Listening start(Plan plan, String name, Path application, int originPort)
      throws IOException, InterruptedException {
    return Gateway.start(
        plan,
        name,
        application,
        """
        upstreams:
          modern: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern } }
        endpoints:
          load: { mcp: { upstreams: [modern] }, anonymous: true }
        rules:
          - { name: all, allow: {} }
        """
            .formatted(originPort),
        List.of(
            "-Dturnpike.data=" + plan.output().resolve(name).toAbsolutePath(),
            // who asks for all that there is does not want to be turned away for that
            "-Dturnpike.limits.lateness=10s",
            "-Dturnpike.ledger.url=memory",
            "-Dturnpike.tokens.share=0"));
  }

  private static Builds measured(Plan plan, int own, int other)
      throws IOException, InterruptedException {
    Builds builds =
        new Builds(new Series(), new Series(), new Series(), new Histogram(3), new Histogram(3));
    Duration warmup = Duration.ofSeconds(plan.warmup());
    Many.warm(own, calls(plan, own), warmup);
    Many.warm(other, calls(plan, other), warmup);
    double peak = Math.min(perSecond(plan, own), perSecond(plan, other));
    for (int round = 0; round < plan.rounds(); round++) {
      // each goes first as often as the other
      boolean first = round % 2 == 0;
      double one = perSecond(plan, first ? own : other);
      double two = perSecond(plan, first ? other : own);
      builds.own.add(first ? one : two);
      builds.others.add(first ? two : one);
      builds.ratio.add(first ? one / two : two / one);
      System.out.printf(
          "calls in a second: %,.0f, and %,.0f of the other%n",
          first ? one : two, first ? two : one);
      builds.ownNanos.add(latency(plan, own, peak / 3));
      builds.otherNanos.add(latency(plan, other, peak / 3));
    }
    return builds;
  }

  private static List<ToolCall> calls(Plan plan, int port) {
    return Collections.nCopies(plan.connections(), ToolCall.modern("/mcp/load", port));
  }

  private static double perSecond(Plan plan, int port) throws IOException {
    return Many.perSecond(port, calls(plan, port), plan.leadTime(), plan.window());
  }

  private static Histogram latency(Plan plan, int port, double perSecond)
      throws IOException, InterruptedException {
    return OpenLoop.run(port, calls(plan, port), perSecond, plan.leadTime(), plan.window()).nanos();
  }

  String text() {
    return """

    this build beside another:
      throughput, of that of the other  %6.2f  (%.2f to %.2f)
                          calls in a second             p50     p95     p99  (ms, at a third of the peak)
      this one  %,8.0f  (%,.0f to %,.0f)   %s
      the other %,8.0f  (%,.0f to %,.0f)   %s
    """
        .formatted(
            ratio.median(),
            ratio.least(),
            ratio.most(),
            own.median(),
            own.least(),
            own.most(),
            Many.row(ownNanos),
            others.median(),
            others.least(),
            others.most(),
            Many.row(otherNanos));
  }
}
