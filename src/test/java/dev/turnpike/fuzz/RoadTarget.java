package dev.turnpike.fuzz;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.Road;

/** Whole conversations of both eras over the real road, in any order; an input is a script. */
final class RoadTarget implements Target {
  private static final int LONGEST = 48;
  private static final int INPUTS_OF_A_ROAD = 40;

  private static final String FILE =
      """
      upstreams:
        one: { mcp: { url: "%s", timeout: 5s } }
        old: { mcp: { url: "%s", timeout: 5s } }
      endpoints:
        one: { mcp: { upstreams: [one] }, anonymous: true }
        old: { mcp: { upstreams: [old] }, anonymous: true }
        older: { mcp: { upstreams: [old] }, anonymous: true }
      rules:
        - name: all
          allow: { endpoints: ["*"] }
        - name: nothing-secret
          deny: { tools: [secret] }
      """;

  private final FakeUpstream modern = FakeUpstream.modern();
  private final FakeUpstream legacy = FakeUpstream.legacy("2025-11-25");
  private Road road = start();
  private int judged;
  private boolean failed;

  private Road start() {
    return Road.serving(FILE.formatted(modern.url(), legacy.url()));
  }

  @Override
  public boolean judge(byte[] input) {
    if (failed || ++judged % INPUTS_OF_A_ROAD == 0) {
      // what it remembers grows, and so does what its breakers hold against an upstream
      road.close();
      road = start();
    }
    RoadUpstream upstream = new RoadUpstream();
    upstream.teach(modern, legacy);
    int before = road.exchanges().all().size();
    try (LoudLog log = new LoudLog()) {
      Conversation conversation = new Conversation(road, upstream);
      try {
        for (int at = 0; at + 1 < Math.min(input.length, LONGEST); at += 2) {
          conversation.step(input[at] & 0xff, input[at + 1] & 0xff);
        }
      } finally {
        conversation.leave();
        failed = conversation.failed();
      }
      road.settle();
      log.mustBeQuiet();
      int exchanges = road.exchanges().all().size() - before;
      if (exchanges < conversation.asked()) {
        throw new AssertionError(conversation.asked() + " requests, " + exchanges + " exchanges");
      }
      if (!upstream.wrongs().isEmpty()) {
        throw new AssertionError(upstream.wrongs());
      }
      return conversation.served() > 0;
    }
  }
}
