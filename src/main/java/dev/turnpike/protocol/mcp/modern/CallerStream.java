package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a modern caller: one JSON body, or a stream once there is more to say than that.
 * No stream of this era can be come back to. On the thread of the exchange.
 */
public final class CallerStream {
  private final Reply reply;
  private Reply.@Nullable EventSink sink;

  public CallerStream(Reply reply) {
    this.reply = reply;
  }

  public boolean isOpen() {
    return sink != null;
  }

  /** Begins the stream, if it has not begun. */
  public Reply.EventSink open() {
    Reply.EventSink open = sink;
    if (open == null) {
      open = reply.stream();
      sink = open;
    }
    return open;
  }

  /** Something that is not the answer. */
  public void publish(Payload message) {
    open().event("", message);
  }

  /**
   * The answer, and the end.
   *
   * @param status where there is no stream: a stream has told its own
   */
  public void last(Payload answer, int status) {
    Reply.EventSink open = sink;
    if (open == null) {
      reply.answer(status, Words.JSON, answer);
    } else {
      open.event("", answer);
      open.end();
    }
  }

  public boolean full() {
    Reply.EventSink open = sink;
    return open != null && open.full();
  }

  public void onDrain(Runnable action) {
    Reply.EventSink open = sink;
    if (open == null) {
      action.run();
    } else {
      open.onDrain(action);
    }
  }
}
