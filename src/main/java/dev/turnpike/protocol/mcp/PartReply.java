package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;

/** The reply to one part of a batch. */
final class PartReply implements Reply {
  private final Batches batch;
  private boolean committed;

  PartReply(Batches batch) {
    this.batch = batch;
  }

  @Override
  public void header(String name, String value) {
    // the head speaks for the whole batch: what concerns one part is told in its message
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    committed = true;
    batch.answered(status, body);
  }

  @Override
  public EventSink stream() {
    committed = true;
    return new PartSink(batch.stream());
  }

  @Override
  public void waits() {
    batch.whole().waits();
  }

  @Override
  public boolean committed() {
    return committed;
  }

  @Override
  public void onGone(Runnable action) {
    batch.whole().onGone(action);
  }

  /** The shared stream, as one part sees it: its end is the end of that part. */
  private final class PartSink implements EventSink {
    private final EventSink shared;
    private boolean ended;

    PartSink(EventSink shared) {
      this.shared = shared;
    }

    @Override
    public void event(String id, Payload data) {
      if (!ended) {
        shared.event(id, data);
      }
    }

    @Override
    public void named(String type, Payload data) {
      if (!ended) {
        shared.named(type, data);
      }
    }

    @Override
    public void prime(String id, long retryMillis) {
      // coming back to a part of a batch is not to be had
    }

    @Override
    public boolean full() {
      return shared.full();
    }

    @Override
    public void onDrain(Runnable action) {
      shared.onDrain(action);
    }

    @Override
    public void end() {
      if (!ended) {
        ended = true;
        batch.partEnded();
      }
    }

    @Override
    public void cut() {
      end();
    }

    @Override
    public boolean closed() {
      return ended || shared.closed();
    }
  }
}
