package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Inbound;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What belongs to no request, heard for as long as the caller's stream is open: where it ends, it
 * is begun again, after 1 second at first, and after up to 30 where nothing is ever said.
 */
final class Listening {
  private static final long SHORTEST_SECONDS = 1;
  private static final long LONGEST_SECONDS = 30;

  private final Line line;
  private final Posts.Onward road;
  private final Inbound get;
  private final Executor loop;
  private long pauseSeconds = SHORTEST_SECONDS;

  Listening(Line line, Posts.Onward road, Inbound get, Executor loop) {
    this.line = line;
    this.road = road;
    this.get = get;
    this.loop = loop;
  }

  /** On its loop. */
  void begin() {
    if (line.left()) {
      return;
    }
    LineReply reply = new LineReply(line, new NoReply(), LineReply.Asked.NOTHING, loop, _ -> {});
    road.serve(get, reply).thenRun(() -> again(reply));
  }

  private void again(LineReply reply) {
    if (line.left() || !reply.streamed()) {
      // there is nobody to hear it, or no such stream
      return;
    }
    CompletableFuture.delayedExecutor(pauseSeconds, TimeUnit.SECONDS, loop).execute(this::begin);
    pauseSeconds = reply.spoken() ? SHORTEST_SECONDS : Math.min(LONGEST_SECONDS, 2 * pauseSeconds);
  }
}
