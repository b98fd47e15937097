package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Headers;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Loop;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request at a peer, and its answer: the head is there with its first message. What is given is
 * given on any thread, all else happens on the loop of the exchange.
 */
final class Exchange implements Transport.Try, Answered {
  /** How long an answer may be waited for, and how much of it may wait. */
  record Bounds(Duration first, Optional<Duration> idle, long waiting) {}

  /** Whoever asks the peer is told that somebody left before the end. */
  @FunctionalInterface
  interface Leaving {
    void left(Exchange exchange);
  }

  private record Item(Optional<Payload> message, boolean last) {}

  // what a message costs besides its bytes
  private static final int MESSAGE_COST = 128;

  private final Loop loop;
  private final Bounds bounds;
  private final AtomicInteger open;
  private final Optional<String> session;
  private final CompletableFuture<Answered> head = new CompletableFuture<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Queue<Item> items = new ArrayDeque<>();
  private Leaving leaving = _ -> {};
  private Loop.@Nullable Timer timer;
  private @Nullable Receiver receiver;
  private @Nullable UpstreamFailed failed;
  private boolean begun;
  private boolean events;
  private boolean paused;
  private boolean active;
  private boolean told;
  private volatile boolean over;
  private boolean unreached;

  /**
   * @param open counts it from its head to its end
   * @param session that its head names
   */
  Exchange(Loop loop, Bounds bounds, AtomicInteger open, Optional<String> session) {
    this.loop = loop;
    this.bounds = bounds;
    this.open = open;
    this.session = session;
    this.timer = loop.after(bounds.first(), this::late);
  }

  /** Before it is asked. */
  void onLeft(Leaving told) {
    leaving = told;
  }

  /** How long its answer may be waited for. */
  Duration first() {
    return bounds.first();
  }

  /** Whether nobody waits for it any more. From any thread. */
  boolean over() {
    return over;
  }

  Loop loop() {
    return loop;
  }

  private void late() {
    if (!begun) {
      leaving.left(this);
      fail(
          new UpstreamFailed(
              UpstreamFailed.Kind.TIMED_OUT,
              "did not answer within " + bounds.first().toMillis() + " ms"));
    }
  }

  /** The head is there now, although nothing has been said: a stream that only stands open. */
  void opened() {
    loop.post(() -> begin(false));
  }

  /** Something that is not the answer itself. */
  void say(Payload message) {
    give(Optional.of(message), false);
  }

  /** The answer. */
  void answer(Payload message) {
    give(Optional.of(message), true);
  }

  /** There is no more, and never was an answer. */
  void end() {
    give(Optional.empty(), true);
  }

  private void give(Optional<Payload> message, boolean last) {
    long size = message.map(Payload::size).orElse(0) + (long) MESSAGE_COST;
    if (waiting.addAndGet(size) > bounds.waiting()) {
      leaving.left(this);
      fail(
          new UpstreamFailed(
              UpstreamFailed.Kind.UNREADABLE, "says more than its caller has taken"));
      return;
    }
    loop.post(() -> take(new Item(message, last)));
  }

  void fail(UpstreamFailed why) {
    loop.post(() -> {
      if (over) {
        return;
      }
      unreached =
          switch (why.kind()) {
            case UNREACHABLE, SHED -> true;
            case TIMED_OUT, BROKEN_OFF, UNREADABLE, CANCELLED -> false;
          };
      close();
      failed = why;
      Receiver told = receiver;
      if (!begun) {
        head.completeExceptionally(why);
      } else if (told != null) {
        told.failed(why);
      }
    });
  }

  private void take(Item item) {
    if (over) {
      return;
    }
    items.add(item);
    begin(item.last());
    pump();
  }

  private void begin(boolean whole) {
    if (begun || over) {
      return;
    }
    begun = true;
    events = !whole;
    stopTimer();
    open.incrementAndGet();
    head.complete(this);
  }

  private void pump() {
    Receiver into = receiver;
    while (into != null && !paused && !over && !items.isEmpty()) {
      Item item = items.remove();
      active = true;
      told = item.last();
      item.message()
          .ifPresent(message -> {
            waiting.addAndGet(-(message.size() + (long) MESSAGE_COST));
            into.message(message, "");
          });
      if (item.last() && !over) {
        close();
        into.ended();
      }
    }
  }

  @Override
  public CompletionStage<Answered> answered() {
    return head;
  }

  @Override
  public boolean transmitted() {
    return !unreached;
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public Headers headers() {
    return name -> {
      if (name.equalsIgnoreCase(Words.HEADER_SESSION)) {
        return session.stream().toList();
      }
      return name.equalsIgnoreCase("content-type")
          ? List.of(events ? Words.EVENTS : Words.JSON)
          : List.of();
    };
  }

  @Override
  public boolean events() {
    return events;
  }

  @Override
  public void read(Receiver into) {
    receiver = into;
    UpstreamFailed known = failed;
    if (known != null) {
      into.failed(known);
      return;
    }
    pump();
    if (!over && bounds.idle().isPresent()) {
      Duration idle = bounds.idle().get();
      timer = loop.every(idle, () -> watch(idle));
    }
  }

  private void watch(Duration idle) {
    // while we hold the peer back, its silence is ours
    if (!active && !paused) {
      leaving.left(this);
      fail(
          new UpstreamFailed(
              UpstreamFailed.Kind.TIMED_OUT,
              "fell silent for " + idle.toMillis() + " ms in the middle of its answer"));
    }
    active = false;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    active = true;
    // not within the message that is being given
    loop.post(this::pump);
  }

  @Override
  public void finish() {
    cancel();
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    close();
    if (!told) {
      leaving.left(this);
    }
    head.completeExceptionally(UpstreamFailed.unwanted());
  }

  private void close() {
    over = true;
    items.clear();
    stopTimer();
    if (begun) {
      open.decrementAndGet();
    }
  }

  private void stopTimer() {
    Loop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }
}
