package dev.turnpike.load;

import dev.turnpike.assembly.LaneProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What callers of the stable lane notice of an alpha that goes wrong: throughput and latency in
 * windows with and without it, and with the same callers of it, in turns. In their own process one
 * that overflows its stack, blocks its workers, breaks, hangs, leaks streams and floods; in another
 * one that loops for ever, and one that allocates without end.
 */
record Sabotage(
    String what,
    String breaker,
    Series quiet,
    Series beside,
    Histogram quietNanos,
    Histogram besideNanos,
    long attacks) {
  private static final String LANE_HEAP = "64m";
  private static final String LANE_MILLIS = "1000";
  private static final String NEVER = "1.1";
  private static final String NEVER_OPENS = "its flag stays on, its breaker never opens";
  private static final List<String> FAULTS =
      List.of("stack", "bug", "lost", "hang", "leak", "flood", "block");
  private static final int SABOTEURS = 6;
  // an alpha that goes wrong, and not callers that ask for all that there is
  private static final long PAUSE_NANOS = 50_000_000;

  /** In one process, and beside a process of the lane. */
  static String of(Plan plan, int originPort) throws IOException, InterruptedException {
    return within(plan, originPort, false).text()
        + within(plan, originPort, true).text()
        + elsewhere(plan, originPort, "loops", "loops for ever in a process of its own").text()
        + elsewhere(plan, originPort, "allocates", "allocates without end in a process of its own")
            .text();
  }

  private static Sabotage within(Plan plan, int originPort, boolean armed)
      throws IOException, InterruptedException {
    System.out.println("an alpha that goes wrong beside the stable lane");
    Child.Listening gateway =
        Child.served(
            plan,
            "sabotaged",
            SabotagedGateway.class,
            Integer.toString(originPort),
            armed ? SabotagedGateway.ARMED : SabotagedGateway.HERE);
    try (Child _ = gateway.child()) {
      String what = "overflows its stack, blocks, breaks, hangs, leaks and floods";
      return measured(
          plan,
          what,
          armed ? "its breaker opens, and it is armed anew every five seconds" : NEVER_OPENS,
          gateway.port(),
          FAULTS,
          Optional::empty);
    }
  }

  private static Sabotage elsewhere(Plan plan, int originPort, String fault, String what)
      throws IOException, InterruptedException {
    System.out.println("an alpha that " + what);
    Child.Listening first = lane(plan, originPort, 0);
    first.child().close();
    int lane = first.port();
    Child.Listening gateway =
        Child.served(
            plan,
            "sabotaged",
            SabotagedGateway.class,
            Integer.toString(originPort),
            Integer.toString(lane));
    try (Child _ = gateway.child()) {
      return measured(
          plan,
          what,
          NEVER_OPENS,
          gateway.port(),
          List.of(fault),
          () -> Optional.of(lane(plan, originPort, lane).child()));
    }
  }

  private static Child.Listening lane(Plan plan, int originPort, int port)
      throws IOException, InterruptedException {
    return Child.servedAside(
        plan,
        "lane",
        LANE_HEAP,
        LaneProcess.class,
        Integer.toString(port),
        "http://127.0.0.1:" + originPort + "/mcp",
        LANE_MILLIS,
        NEVER);
  }

  /** Starts what is there only while the alpha is asked: one that loops does so until it ends. */
  private interface Started {
    Optional<Child> now() throws IOException, InterruptedException;
  }

  private static Sabotage measured(
      Plan plan, String what, String breaker, int port, List<String> faults, Started lane)
      throws IOException, InterruptedException {
    List<ToolCall> calls =
        Collections.nCopies(plan.connections(), ToolCall.modern("/mcp/load", port));
    Many.warm(port, calls, Duration.ofSeconds(plan.warmup()));
    Sabotage all =
        new Sabotage(
            what, breaker, new Series(), new Series(), new Histogram(3), new Histogram(3), 0);
    double peak = Many.perSecond(port, calls, plan.leadTime(), plan.window());
    AtomicLong attacks = new AtomicLong();
    for (int round = 0; round < plan.rounds(); round++) {
      double quiet;
      // the same callers, who find that there is no such thing
      try (Attack _ = new Attack(port, "/nothing/", faults, new AtomicLong())) {
        quiet = Many.perSecond(port, calls, plan.leadTime(), plan.window());
        all.quietNanos.add(latency(plan, port, calls, peak / 3));
      }
      double beside;
      Optional<Child> process = lane.now();
      try (Attack attack = new Attack(port, "/sabotage/", faults, attacks)) {
        beside = Many.perSecond(port, calls, plan.leadTime(), plan.window());
        all.besideNanos.add(latency(plan, port, calls, peak / 3));
      } finally {
        process.ifPresent(Child::close);
      }
      all.quiet.add(quiet);
      all.beside.add(beside);
      System.out.printf(
          "calls in a second: %,.0f, and %,.0f beside %,d faults%n", quiet, beside, attacks.get());
    }
    return new Sabotage(
        what, breaker, all.quiet, all.beside, all.quietNanos, all.besideNanos, attacks.get());
  }

  private static Histogram latency(Plan plan, int port, List<ToolCall> calls, double perSecond)
      throws IOException, InterruptedException {
    Latency latency = OpenLoop.run(port, calls, perSecond, plan.leadTime(), plan.window());
    if (latency.bad() > 0) {
      throw new IOException(latency.bad() + " answers were not what was asked for");
    }
    return latency.nanos();
  }

  /** Callers of the alpha, one fault after the other, twenty in a second each at most. */
  private static final class Attack implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Attack(int port, String path, List<String> faults, AtomicLong attacks) {
      for (int i = 0; i < SABOTEURS; i++) {
        int first = i;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int fault = first; !over.get(); fault++) {
                    ask(port, path + faults.get(fault % faults.size()));
                    attacks.incrementAndGet();
                    LockSupport.parkNanos(PAUSE_NANOS);
                  }
                }));
      }
    }

    private void ask(int port, String path) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setSoTimeout(100);
        socket
            .getOutputStream()
            .write(
                """
                POST %s HTTP/1.1
                Host: 127.0.0.1:%d
                Content-Length: 2
                Connection: close

                {}\
                """
                    .formatted(path, port)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        for (int i = 0; i < 16 && !over.get() && in.read(some) >= 0; i++) {
          // a little of what it says, and then no more
        }
      } catch (SocketTimeoutException hanging) {
        // it goes on to the next
      } catch (IOException cutOff) {
        // likewise
      }
    }

    @Override
    public void close() throws InterruptedException {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  String text() {
    return """

    the stable lane beside an alpha that %s
      (%,d faults; %s):
                          calls in a second             p50     p95     p99  (ms, at a third of the peak)
      no alpha  %,8.0f  (%,.0f to %,.0f)   %s
      beside    %,8.0f  (%,.0f to %,.0f)   %s
    """
        .formatted(
            what,
            attacks,
            breaker,
            quiet.median(),
            quiet.least(),
            quiet.most(),
            Many.row(quietNanos),
            beside.median(),
            beside.least(),
            beside.most(),
            Many.row(besideNanos));
  }
}
