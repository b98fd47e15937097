package dev.turnpike.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Several upstreams behind one endpoint: what it costs that there are many, and many tools.
 *
 * @param listOfStatic throughput of the first page of a list of 2,000 tools, of that of a static
 *     answer of the same size
 * @param one latency of every call with one upstream and 20 tools, of all rounds together
 * @param narrow with 20 upstreams and 20 tools
 * @param wide with 20 upstreams and 2,000 tools
 * @param narrowOfOne the 99th percentiles of each round, beside each other: a stall of the machine
 *     is in one round, and in whatever was measured at that moment
 * @param wideOfNarrow likewise
 * @param pageBytes of a page, about
 */
record Many(
    Series listOfStatic,
    Histogram one,
    Histogram narrow,
    Histogram wide,
    Series narrowOfOne,
    Series wideOfNarrow,
    int pageBytes) {
  private static final int UPSTREAMS = 20;
  private static final int LISTING_CONNECTIONS = 16;
  // entries of a page of Turnpike's own
  private static final int PAGE = 1_000;
  private static final int TOOL_BYTES = 226;
  private static final int TRIES = 3;

  /** Measures in a process of its own. */
  static Many of(Plan plan, int originPort) throws IOException, InterruptedException {
    Child.Listening gateway =
        Gateway.start(plan, "many", plan.application(), setup(originPort), List.of());
    try (Child _ = gateway.child()) {
      return measured(plan, originPort, gateway.port());
    }
  }

  private static Many measured(Plan plan, int originPort, int port)
      throws IOException, InterruptedException {
    Many many =
        new Many(
            new Series(),
            new Histogram(3),
            new Histogram(3),
            new Histogram(3),
            new Series(),
            new Series(),
            PAGE * TOOL_BYTES);
    List<ToolCall> list = lists(ToolCall.list("/mcp/wide", port));
    List<ToolCall> statics = lists(ToolCall.list("/many/" + PAGE, originPort));
    List<Turn> turns = new ArrayList<>();
    Turn one = new Turn(calls(plan, "/mcp/one", port), many.one, new double[1]);
    Turn narrow = new Turn(calls(plan, "/mcp/narrow", port), many.narrow, new double[1]);
    Turn wide = new Turn(calls(plan, "/mcp/wide", port), many.wide, new double[1]);
    turns.addAll(List.of(one, narrow, wide));
    Duration warmup = Duration.ofSeconds(plan.warmup());
    System.out.println("many upstreams");
    warm(port, list, warmup);
    warm(originPort, statics, warmup);
    double peak = Double.MAX_VALUE;
    for (Turn turn : turns) {
      warm(port, turn.calls(), warmup);
      peak = Math.min(peak, perSecond(port, turn.calls(), plan.leadTime(), plan.window()));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      double ours = perSecond(port, list, plan.leadTime(), plan.window());
      double floor = perSecond(originPort, statics, plan.leadTime(), plan.window());
      System.out.printf("lists in a second: %,.0f, and %,.0f static answers%n", ours, floor);
      many.listOfStatic.add(ours / floor);
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (Turn turn : turns) {
        Latency latency = latency(plan, port, turn.calls(), peak / 3);
        turn.all().add(latency.nanos());
        turn.last()[0] = millis(latency.nanos(), 99);
      }
      many.narrowOfOne.add(narrow.last()[0] / one.last()[0]);
      many.wideOfNarrow.add(wide.last()[0] / narrow.last()[0]);
      // each goes first as often as the others
      Collections.rotate(turns, 1);
    }
    return many;
  }

  private static Latency latency(Plan plan, int port, List<ToolCall> calls, double perSecond)
      throws IOException, InterruptedException {
    Latency latency = OpenLoop.run(port, calls, perSecond, plan.leadTime(), plan.window());
    for (int again = 0; again < TRIES && latency.bad() > 0; again++) {
      System.out.println("measured again: " + latency.bad() + " calls were turned away");
      latency = OpenLoop.run(port, calls, perSecond, plan.leadTime(), plan.window());
    }
    if (latency.bad() > 0) {
      throw new IOException(latency.bad() + " answers were not what was asked for");
    }
    return latency;
  }

  private record Turn(List<ToolCall> calls, Histogram all, double[] last) {}

  private static List<ToolCall> lists(ToolCall call) {
    return Collections.nCopies(LISTING_CONNECTIONS, call);
  }

  // each connection calls another upstream's tool, where there are several
  private static List<ToolCall> calls(Plan plan, String path, int port) {
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < plan.connections(); i++) {
      boolean one = path.endsWith("one");
      String tool =
          one ? "t" + i % UPSTREAMS : (path.endsWith("wide") ? "w" : "n") + i % UPSTREAMS + "_t0";
      calls.add(ToolCall.modern(path, port, tool));
    }
    return calls;
  }

  /** A cold process may turn calls away; nothing is counted yet. */
  static void warm(int port, List<ToolCall> calls, Duration warmup) throws IOException {
    sample(port, calls, Duration.ZERO, warmup);
  }

  private static Sample sample(int port, List<ToolCall> calls, Duration lead, Duration window)
      throws IOException {
    return new ClosedLoop(port, calls)
        .run(lead, window, () -> new Cost(Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  static double perSecond(int port, List<ToolCall> calls, Duration lead, Duration window)
      throws IOException {
    Sample sample = sample(port, calls, lead, window);
    for (int again = 0; again < TRIES && sample.bad() > 0; again++) {
      // a machine that stalls has a process turn calls away: such a window measures nothing
      System.out.println("measured again: " + sample.bad() + " calls were turned away");
      sample = sample(port, calls, lead, window);
    }
    if (sample.bad() > 0) {
      throw new IOException(sample.bad() + " answers were not what was asked for");
    }
    return sample.callsPerSecond();
  }

  private static String setup(int originPort) {
    StringBuilder upstreams = new StringBuilder("upstreams:\n");
    String one = "  %s: { mcp: { url: \"http://127.0.0.1:%d/many/%d\", revision: modern } }\n";
    upstreams.append(one.formatted("one", originPort, UPSTREAMS));
    List<String> narrow = new ArrayList<>();
    List<String> wide = new ArrayList<>();
    for (int i = 0; i < UPSTREAMS; i++) {
      narrow.add("n" + i);
      wide.add("w" + i);
      upstreams.append(one.formatted("n" + i, originPort, 1));
      upstreams.append(one.formatted("w" + i, originPort, 100));
    }
    // chosen tools have the one upstream served as several are
    return upstreams
        + """
        endpoints:
          one: { mcp: { upstreams: [one], tools: { choose: ["*"] } }, anonymous: true }
          narrow: { mcp: { upstreams: [%s] }, anonymous: true }
          wide: { mcp: { upstreams: [%s] }, anonymous: true }
        rules:
          - { name: all, allow: {} }
        """
            .formatted(String.join(", ", narrow), String.join(", ", wide));
  }

  String text() {
    return """

    several upstreams behind one endpoint:
      throughput of a list, of a static answer of the same size (%d KiB, the first page of 2,000 tools)
                                     %6.2f  (%.2f to %.2f)  bar: at least 0.70
      a call, in milliseconds:          p50     p95     p99
        1 upstream, 20 tools         %s
        20 upstreams, 20 tools       %s
        20 upstreams, 2,000 tools    %s
      p99 with 2,000 tools, of that with 20, round by round
                                     %6.2f  (%.2f to %.2f)  bar: at most 1.10
      p99 with 20 upstreams, of that with 1, round by round
                                     %6.2f  (%.2f to %.2f)  bar: at most 1.10
    """
        .formatted(
            pageBytes / 1024,
            listOfStatic.median(),
            listOfStatic.least(),
            listOfStatic.most(),
            row(one),
            row(narrow),
            row(wide),
            wideOfNarrow.median(),
            wideOfNarrow.least(),
            wideOfNarrow.most(),
            narrowOfOne.median(),
            narrowOfOne.least(),
            narrowOfOne.most());
  }

  static String row(Histogram nanos) {
    return "%6.2f  %6.2f  %6.2f".formatted(millis(nanos, 50), millis(nanos, 95), millis(nanos, 99));
  }

  static double millis(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
