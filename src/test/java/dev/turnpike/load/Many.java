package dev.turnpike.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Several upstreams behind one endpoint: what it costs that there are many, and many tools.
 *
 * @param listOfStatic throughput of the first page of a list of 2,000 tools, of that of a static
 *     answer of the same size
 * @param manyTools p99 of a call with 2,000 tools, of that with 20; 20 upstreams in both
 * @param manyUpstreams p99 of a call with 20 upstreams, of that with one; 20 tools in both
 * @param pageBytes of a page, about
 */
record Many(Series listOfStatic, Series manyTools, Series manyUpstreams, int pageBytes) {
  private static final int UPSTREAMS = 20;
  private static final int LISTING_CONNECTIONS = 16;
  // entries of a page of Turnpike's own
  private static final int PAGE = 1_000;
  private static final int TOOL_BYTES = 226;

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
    Many many = new Many(new Series(), new Series(), new Series(), PAGE * TOOL_BYTES);
    List<ToolCall> list = lists(ToolCall.list("/mcp/wide", port));
    List<ToolCall> statics = lists(ToolCall.list("/many/" + PAGE, originPort));
    List<ToolCall> one = calls(plan, "/mcp/one", port);
    List<ToolCall> narrow = calls(plan, "/mcp/narrow", port);
    List<ToolCall> wide = calls(plan, "/mcp/wide", port);
    Duration warmup = Duration.ofSeconds(plan.warmup());
    System.out.println("many upstreams");
    perSecond(port, list, Duration.ZERO, warmup);
    perSecond(originPort, statics, Duration.ZERO, warmup);
    double peak = Double.MAX_VALUE;
    for (List<ToolCall> subject : List.of(one, narrow, wide)) {
      peak = Math.min(peak, perSecond(port, subject, Duration.ZERO, warmup));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      double ours = perSecond(port, list, plan.leadTime(), plan.window());
      double floor = perSecond(originPort, statics, plan.leadTime(), plan.window());
      System.out.printf("lists in a second: %,.0f, and %,.0f static answers%n", ours, floor);
      many.listOfStatic.add(ours / floor);
      double rate = peak / 3;
      double ofOne = p99(plan, port, one, rate);
      double ofNarrow = p99(plan, port, narrow, rate);
      double ofWide = p99(plan, port, wide, rate);
      many.manyUpstreams.add(ofNarrow / ofOne);
      many.manyTools.add(ofWide / ofNarrow);
    }
    return many;
  }

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

  private static double perSecond(int port, List<ToolCall> calls, Duration lead, Duration window)
      throws IOException {
    Sample sample =
        new ClosedLoop(port, calls)
            .run(lead, window, () -> new Cost(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    if (sample.bad() > 0) {
      throw new IOException(sample.bad() + " answers were not what was asked for");
    }
    return sample.callsPerSecond();
  }

  private static double p99(Plan plan, int port, List<ToolCall> calls, double rate)
      throws IOException, InterruptedException {
    return OpenLoop.run(port, calls, rate, plan.leadTime(), plan.window()).millis(99);
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
      p99 of a call with 2,000 tools, of that with 20
                                     %6.2f  (%.2f to %.2f)  bar: at most 1.10
      p99 of a call with 20 upstreams, of that with 1
                                     %6.2f  (%.2f to %.2f)  bar: at most 1.10
    """
        .formatted(
            pageBytes / 1024,
            listOfStatic.median(),
            listOfStatic.least(),
            listOfStatic.most(),
            manyTools.median(),
            manyTools.least(),
            manyTools.most(),
            manyUpstreams.median(),
            manyUpstreams.least(),
            manyUpstreams.most());
  }
}
