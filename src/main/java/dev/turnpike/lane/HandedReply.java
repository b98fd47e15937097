package dev.turnpike.lane;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the caller, as an alpha has it: used on a thread of the experimental lane, done
 * on that of the stable one.
 */
final class HandedReply implements Reply {
  private static final int LEAST = 200;
  private static final int MOST = 599;
  private static final int BUG = 500;

  private final Crossing crossing;
  private final Reply reply;
  private final Runnable flooded;
  private final Runnable waits;
  private final List<Runnable> head = new ArrayList<>();
  private boolean committed;
  // of the stable lane
  private @Nullable EventSink opened;

  /**
   * @param flooded runs in the stable lane where more is said than is kept for a slow caller
   * @param waits runs in the stable lane where the answer waits for somebody else
   */
  HandedReply(Crossing crossing, Reply reply, Runnable flooded, Runnable waits) {
    this.waits = waits;
    this.crossing = crossing;
    this.reply = reply;
    this.flooded = flooded;
  }

  @Override
  public void header(String name, String value) {
    head.add(() -> reply.header(name, value));
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    committed = true;
    // else nothing is said, and the end of the call finds that
    if (status >= LEAST && status <= MOST && status != BUG) {
      crossing.toStable(() -> {
        head.forEach(Runnable::run);
        reply.answer(status, contentType, body);
      });
    }
  }

  @Override
  public EventSink stream() {
    committed = true;
    HandedSink sink = new HandedSink(crossing, flooded, waits);
    crossing.toStable(() -> {
      head.forEach(Runnable::run);
      EventSink real = reply.stream();
      opened = real;
      sink.open(real);
    });
    return sink;
  }

  @Override
  public void withheld(Payload message) {
    crossing.toStable(() -> reply.withheld(message));
  }

  @Override
  public void waits() {
    crossing.toStable(waits);
  }

  @Override
  public boolean committed() {
    return committed;
  }

  @Override
  public void onGone(Runnable action) {
    crossing.whenRevoked(action);
    crossing.toStable(() -> reply.onGone(() -> crossing.toWorker(action)));
  }

  /** Whether the caller has yet to read what it was sent. In the stable lane. */
  boolean unread() {
    EventSink sink = opened;
    return sink != null && sink.full();
  }

  /** Breaks off what the caller has begun to read; false where it has read nothing. */
  boolean cut() {
    EventSink sink = opened;
    if (sink != null && !sink.closed()) {
      sink.cut();
    }
    return reply.committed();
  }
}
