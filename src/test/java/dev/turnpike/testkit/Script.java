package dev.turnpike.testkit;

import java.io.IOException;

/** How an upstream behaves towards one request. Blocks its own connection only. */
@FunctionalInterface
public interface Script {
  /** Plays; the connection is kept for the next request where the script leaves it open. */
  void play(Seen request, Line line) throws IOException, InterruptedException;
}
