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
  // both are touched at home only
  private final Deque<Consumer<Receiver>> waiting = new ArrayDeque<>();
  private @Nullable Consumer<Consumer<Receiver>> reader;
  private boolean reading;

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
    home.execute(() -> {
      reader = said -> there.execute(() -> said.accept(into));
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
    home.execute(() -> {
      reader = null;
      inner.pause();
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
