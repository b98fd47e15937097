package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Headers;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer that can be left, and be read on by another exchange, on another event loop.
 * What came meanwhile is kept; it is little, because the upstream is held up. Thread-safe.
 */
final class OpenAnswer implements Answered, Receiver {
  private final Answered inner;
  private final Upstream upstream;
  private final Executor home;
  // these three are touched at home only
  private final Deque<Consumer<Receiver>> waiting = new ArrayDeque<>();
  private final Deque<Consumer<Receiver>> unread = new ArrayDeque<>();
  private @Nullable Consumer<Consumer<Receiver>> reader;
  // touched on the thread of the exchange that reads
  private volatile @Nullable Lease lease;
  private boolean reading;

  /** One exchange's reading, until it leaves; on its thread. */
  private static final class Lease {
    private boolean left;
  }

  /** Of an answer on the event loop that this is called on. */
  OpenAnswer(Answered inner, Upstream upstream) {
    this.inner = inner;
    this.upstream = upstream;
    this.home = upstream.here();
  }

  @Override
  public int status() {
    return inner.status();
  }

  @Override
  public Headers headers() {
    return inner.headers();
  }

  @Override
  public boolean events() {
    return inner.events();
  }

  @Override
  public void read(Receiver into) {
    Executor there = upstream.here();
    Lease mine = new Lease();
    lease = mine;
    home.execute(() -> {
      reader =
          said ->
              there.execute(() -> {
                if (mine.left) {
                  // it was on its way when it was left: the next reader begins with it
                  home.execute(() -> unread.addLast(said));
                } else {
                  said.accept(into);
                }
              });
      while (!unread.isEmpty()) {
        reader.accept(unread.removeFirst());
      }
      while (!waiting.isEmpty()) {
        reader.accept(waiting.removeFirst());
      }
      if (reading) {
        inner.resume();
      } else {
        reading = true;
        inner.read(this);
      }
    });
  }

  /** Nobody reads for a while: the upstream is held up, and what is on its way is kept. */
  void leave() {
    Lease mine = lease;
    if (mine != null) {
      mine.left = true;
    }
    home.execute(() -> {
      reader = null;
      inner.pause();
    });
  }

  /**
   * Nothing more is to be hoped for: whoever reads is told why, and the upstream's stream closed.
   */
  void breakOff(String reason) {
    home.execute(() -> {
      failed(new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, reason));
      inner.cancel();
    });
  }

  private void tell(Consumer<Receiver> said) {
    Consumer<Consumer<Receiver>> to = reader;
    if (to == null) {
      waiting.addLast(said);
    } else {
      to.accept(said);
    }
  }

  @Override
  public void message(Payload json, String eventId) {
    tell(into -> into.message(json, eventId));
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    tell(into -> into.primed(eventId, retryMillis));
  }

  @Override
  public void ended() {
    tell(Receiver::ended);
  }

  @Override
  public void failed(UpstreamFailed failure) {
    tell(into -> into.failed(failure));
  }

  @Override
  public void pause() {
    home.execute(inner::pause);
  }

  @Override
  public void resume() {
    home.execute(inner::resume);
  }

  @Override
  public void finish() {
    home.execute(inner::finish);
  }

  @Override
  public void cancel() {
    home.execute(inner::cancel);
  }
}
