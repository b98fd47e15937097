package dev.turnpike.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * What Turnpike does where there is more than it is made for: more calls than the machine can
 * serve, and thousands of streams on which nothing is said.
 *
 * @param halfP99Millis p99 at half of its throughput, open loop
 * @param peak calls in a second with all connections busy
 * @param crowd the same with many more connections
 * @param after calls in a second right behind that
 * @param streams how many stood open, of legacy sessions
 * @param kibOfHeapEach of each of them; negative where it could not be measured
 * @param p50Before at the fixed rate, in ms
 * @param p50Beside the same while the streams stood open
 * @param continuations calls that wait for an input
 * @param kibOfHeapPerContinuation likewise
 * @param kibAllocated for each call; negative where it could not be measured
 */
record Strain(
    double halfP99Millis,
    double peak,
    Crowd crowd,
    double after,
    int streams,
    double kibOfHeapEach,
    double p50Before,
    double p50Beside,
    int continuations,
    double kibOfHeapPerContinuation,
    double kibAllocated) {
  private static final int CROWD = 1024;
  private static final int CONTINUATIONS = 1_000;

  static Strain of(Plan plan, Subject turnpike, double rate)
      throws IOException, InterruptedException {
    int port = turnpike.port();
    Child process = turnpike.process().orElseThrow();
    double peak = turnpike.figures().callsPerSecond.median();
    System.out.println("half of the throughput");
    Latency half = open(plan, turnpike, peak / 2);
    System.out.println("more than can be served");
    List<ToolCall> many = Collections.nCopies(CROWD, turnpike.calls().getFirst());
    Crowd crowd = Crowd.run(port, many, plan.leadTime(), plan.window());
    OptionalLong allocatedBefore = process.allocatedKib();
    Sample after = closed(plan, turnpike);
    OptionalLong allocatedAfter = process.allocatedKib();
    double allocated =
        allocatedBefore.isPresent() && allocatedAfter.isPresent()
            ? (allocatedAfter.getAsLong() - allocatedBefore.getAsLong())
                / (after.callsPerSecond() * (plan.seconds() + plan.lead()))
            : -1;
    System.out.println("idle streams");
    OptionalLong heapBefore = process.heapKib();
    Latency before = open(plan, turnpike, rate);
    double each = -1;
    Latency beside;
    try (IdleStreams _ =
        IdleStreams.open(
            port, Gateway.legacySessions(port, "/mcp/load-legacy", plan.idleStreams()))) {
      OptionalLong heapAfter = process.heapKib();
      if (heapBefore.isPresent() && heapAfter.isPresent()) {
        each = (heapAfter.getAsLong() - heapBefore.getAsLong()) / (double) plan.idleStreams();
      }
      beside = open(plan, turnpike, rate);
    }
    System.out.println("open continuations");
    // the first has a session opened, and the code loaded
    OpenContinuations.leave(port, 1, 1);
    OptionalLong without = process.heapKib();
    OpenContinuations.leave(port, CONTINUATIONS - 1, 20);
    OptionalLong with = process.heapKib();
    double perContinuation =
        without.isPresent() && with.isPresent()
            ? (with.getAsLong() - without.getAsLong()) / (double) (CONTINUATIONS - 1)
            : -1;
    return new Strain(
        half.millis(99),
        peak,
        crowd,
        after.callsPerSecond(),
        plan.idleStreams(),
        each,
        before.millis(50),
        beside.millis(50),
        CONTINUATIONS,
        perContinuation,
        allocated);
  }

  private static Latency open(Plan plan, Subject turnpike, double rate)
      throws IOException, InterruptedException {
    return OpenLoop.run(turnpike.port(), turnpike.calls(), rate, plan.leadTime(), plan.window());
  }

  private static Sample closed(Plan plan, Subject turnpike) throws IOException {
    return new ClosedLoop(turnpike.port(), turnpike.calls())
        .run(
            plan.leadTime(),
            plan.window(),
            () -> new Cost(Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  String text() {
    return """

    turnpike under strain:
      %d connections that ask without a pause: %,.0f served and %,.0f turned away in a second
        served, of the throughput      %6.2f  bar: at least 0.80
        p99 of served, ms              %6.2f  of that at half load (%.2f ms): %.1f  bar: at most 5.0
        calls per second right after   %,6.0f
      %,d idle legacy sessions, each with a stream open
        heap of each, KiB              %6.1f  bar: at most 25.0
        p50 of calls, ms               %6.2f  and %.2f without them
      %,d calls that wait for an input
        heap of each, KiB              %6.1f  bar: at most 40.0
      allocated for each call, KiB     %6.1f
    """
        .formatted(
            crowd.connections(),
            crowd.served(),
            crowd.shed(),
            crowd.served() / peak,
            crowd.p99Millis(),
            halfP99Millis,
            crowd.p99Millis() / halfP99Millis,
            after,
            streams,
            kibOfHeapEach,
            p50Beside,
            p50Before,
            continuations,
            kibOfHeapPerContinuation,
            kibAllocated);
  }
}
