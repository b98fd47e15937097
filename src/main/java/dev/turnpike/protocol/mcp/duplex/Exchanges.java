package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.upstream.Loop;
import dev.turnpike.upstream.Outgoing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the exchanges of one upstream, and counts those that have begun. */
final class Exchanges {
  // room for what comes beside an answer of the greatest size
  private static final long BESIDE = 1024L * 1024;

  private final Duration first;
  private final Duration idle;
  private final long waiting;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param messageLimit bytes of one message
   */
  Exchanges(UpstreamSpec spec, int messageLimit) {
    this.first = spec.timeout();
    this.idle = spec.idleTimeout();
    this.waiting = messageLimit + BESIDE;
  }

  /**
   * A request's.
   *
   * @param session that its head names
   */
  Exchange call(Outgoing outgoing, Optional<String> session, boolean stands, Loop loop) {
    return new Exchange(
        loop,
        new Exchange.Bounds(
            outgoing.timeout().orElse(first),
            // whether the peer lives is seen without it saying anything
            stands ? Optional.empty() : Optional.of(idle),
            waiting),
        open,
        session);
  }

  /** That of a stream of what belongs to no request. */
  Exchange stream(Loop loop) {
    return new Exchange(
        loop, new Exchange.Bounds(first, Optional.empty(), waiting), open, Optional.empty());
  }

  /** One of Turnpike's own. */
  Exchange own(Loop loop) {
    return new Exchange(
        loop, new Exchange.Bounds(first, Optional.of(idle), waiting), open, Optional.empty());
  }

  int open() {
    return open.get();
  }
}
