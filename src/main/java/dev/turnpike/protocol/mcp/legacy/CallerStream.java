package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.EventLog;
import dev.turnpike.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The way back to a legacy caller: one JSON body, or a stream that can be come back to, once there
 * is more to say than that. On the thread of the exchange.
 */
public final class CallerStream {
  private final Session session;
  private final Reply reply;
  private @Nullable EventLog log;
  private @Nullable Runnable stop;

  public CallerStream(Session session, Reply reply) {
    this.session = session;
    this.reply = reply;
  }

  public boolean isOpen() {
    return log != null;
  }

  /** Begins the stream, if it has not begun. */
  public EventLog open() {
    EventLog open = log;
    if (open == null) {
      open = session.open();
      open.attach(reply.stream());
      log = open;
      stopWhenAbandoned();
    }
    return open;
  }

  /** Something that is not the answer. */
  public void publish(Payload message) {
    open().publish(message);
  }

  /** The answer, and the end. */
  public void last(Payload answer) {
    EventLog open = log;
    if (open == null) {
      reply.answer(200, Words.JSON, answer);
    } else {
      open.publish(answer);
      open.end();
    }
  }

  /** The end of an answer that has none. */
  public void end() {
    open().end();
  }

  public void prime(long retryMillis) {
    EventLog open = log;
    if (open != null) {
      open.prime(retryMillis);
    }
  }

  public boolean full() {
    EventLog open = log;
    return open != null && open.full();
  }

  public void onDrain(Runnable action) {
    EventLog open = log;
    if (open == null) {
      action.run();
    } else {
      open.onDrain(action);
    }
  }

  /** Once nobody comes back, or the session has ended, nobody can have the rest. */
  public void whenUnwanted(Runnable unwanted) {
    stop = unwanted;
    stopWhenAbandoned();
  }

  private void stopWhenAbandoned() {
    EventLog open = log;
    Runnable known = stop;
    if (open != null && known != null) {
      open.whenAbandoned(known);
    }
  }
}
