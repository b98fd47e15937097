package dev.turnpike.load;

import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** One caller of the soak: does what callers do, and what they should not, in any order. */
final class SoakCaller implements Runnable {
  private static final String[] FAULTS = {"reset", "error", "truncate", "hang"};

  private final int port;
  private final RandomGenerator random;
  private final long endNanos;
  private final Map<String, LongAdder> seen;

  /**
   * @param seen what came of it, by what was done; shared
   */
  SoakCaller(
      int port, RandomGenerator random, long endNanos, ConcurrentHashMap<String, LongAdder> seen) {
    this.port = port;
    this.random = random;
    this.endNanos = endNanos;
    this.seen = seen;
  }

  @Override
  public void run() {
    while (System.nanoTime() - endNanos < 0) {
      int what = random.nextInt(100);
      String name = name(what);
      try {
        count(name + " " + act(name));
      } catch (RuntimeException | AssertionError failed) {
        count("FAILED " + name + ": " + failed.getMessage());
      }
    }
  }

  private static String name(int what) {
    return what < 40
        ? "call"
        : what < 55
            ? "stream"
            : what < 70
                ? "session"
                : what < 78 ? "leave" : what < 86 ? "fault" : what < 90 ? "huge" : "refused";
  }

  private int act(String name) {
    try (RawCaller caller = RawCaller.to(port)) {
      return switch (name) {
        case "call" -> calls(caller);
        case "stream" -> expect(200, caller.send(call("fault-stream")).answer());
        case "huge" -> expect(200, caller.send(call("fault-huge")).answer());
        case "session" -> session(caller);
        case "leave" -> leave(caller);
        case "fault" ->
            caller.send(call("fault-" + FAULTS[random.nextInt(FAULTS.length)])).answer().status();
        default -> refused(caller);
      };
    }
  }

  private int calls(RawCaller caller) {
    for (int i = 0; i < 20; i++) {
      expect(200, caller.send(call("echo")).answer());
    }
    return 200;
  }

  private int session(RawCaller caller) {
    String id =
        caller
            .send(
                RawRequest.post(
                    "load-legacy",
                    RawRequest.legacyBody(
                        "0",
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                            + "\"clientInfo\":{\"name\":\"soak\",\"version\":\"1\"}}")))
            .answer()
            .fields()
            .first("mcp-session-id");
    String params = "{\"name\":\"echo\",\"arguments\":{\"text\":\"t\"}}";
    RawRequest call =
        RawRequest.legacy("load-legacy", id, RawRequest.legacyBody("1", "tools/call", params));
    try (RawCaller stream = RawCaller.to(port)) {
      stream.send(RawRequest.get("load-legacy", id)).head();
      for (int i = 0; i < 5; i++) {
        expect(200, caller.send(call).answer());
      }
    }
    // some sessions are left behind: they go when they have been idle
    return random.nextInt(4) == 0
        ? 0
        : caller.send(RawRequest.get("load-legacy", id).method("DELETE")).answer().status();
  }

  private int leave(RawCaller caller) {
    switch (random.nextInt(3)) {
      case 0 -> caller.send("POST /mcp/load HTTP/1.1\r\nHost: 127.0");
      case 1 -> caller.send(call("fault-drip")).hangUp();
      default -> caller.send(call("fault-stream")).head();
    }
    return 0;
  }

  private int refused(RawCaller caller) {
    RawRequest request =
        switch (random.nextInt(4)) {
          case 0 -> call("not-allowed");
          case 1 -> call("echo").body("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}");
          case 2 -> call("echo").path("/mcp/nowhere");
          default -> call("echo").replaced("Host", "elsewhere.example");
        };
    return caller.send(request).answer().status();
  }

  private static RawRequest call(String tool) {
    return RawRequest.call("load", "1", tool, "{\"text\":\"t\"}");
  }

  private static int expect(int status, RawAnswer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException("answered " + answer.status());
    }
    return status;
  }

  private void count(String what) {
    seen.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }
}
