package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The way back of one request of a stream: what is answered is said on the stream, and the post
 * itself is acknowledged as soon as the request is under way.
 */
final class LineReply implements Reply {
  // these concern the post and not what it asks: who is asking, and whether there is a session
  private static final Set<Integer> OF_THE_POST = Set.of(401, 403, 404);

  private final Line line;
  private final Reply post;
  private final Asked asked;
  private final Executor loop;
  // each part of a batch has one of its own
  private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
  private boolean committed;
  private boolean acknowledged;
  private boolean streamed;
  private boolean spoken;

  // a session that is opened where there is one already
  private final Consumer<String> surplus;

  /**
   * @param loop of the exchange, which is not that of the stream
   * @param surplus told of a session for which there is no place on the stream
   */
  LineReply(Line line, Reply post, Asked asked, Executor loop, Consumer<String> surplus) {
    this.surplus = surplus;
    this.loop = loop;
    this.line = line;
    this.post = post;
    this.asked = asked;
  }

  @Override
  public void header(String name, String value) {
    if (name.equalsIgnoreCase(Words.HEADER_SESSION)) {
      if (asked.revision().isPresent()) {
        line.isOld();
      }
      if (!line.opened(value)) {
        surplus.accept(value);
      }
    } else if (!acknowledged) {
      post.header(name, value);
    }
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    committed = true;
    line.forget(this);
    if (!acknowledged
        && (OF_THE_POST.contains(status) || (status >= 400 && !asked.isAnswer(body)))) {
      acknowledged = true;
      post.answer(status, contentType, body);
    } else {
      acknowledge();
      if (body.size() > 0 && asked.isAnswer(body)) {
        line.say(asked.told(body));
      }
    }
    if (status == 404 && line.session().isPresent()) {
      // its session has ended, and there is no other on this stream
      line.close();
    }
  }

  @Override
  public EventSink stream() {
    committed = true;
    streamed = true;
    acknowledge();
    return new LineSink();
  }

  @Override
  public boolean committed() {
    return committed;
  }

  /** Whoever asks for this is about to answer, however long that takes. */
  @Override
  public void onGone(Runnable action) {
    acknowledge();
    whenGone.add(action);
    line.onGone(this, () -> loop.execute(() -> whenGone.forEach(Runnable::run)));
  }

  /** Whether it was answered with a stream. */
  boolean streamed() {
    return streamed;
  }

  /** Whether something was said on that. */
  boolean spoken() {
    return spoken;
  }

  private void acknowledge() {
    if (!acknowledged) {
      acknowledged = true;
      Sunset.on(post);
      post.answer(202);
    }
  }

  /** The stream, as one request sees it: its end is the end of that request. */
  private final class LineSink implements EventSink {
    private boolean answered;
    private boolean ended;

    @Override
    public void event(String id, Payload data) {
      if (!ended) {
        spoken = true;
        answered |= asked.isAnswer(data);
        line.say(asked.told(data));
      }
    }

    @Override
    public void named(String type, Payload data) {
      event("", data);
    }

    @Override
    public void prime(String id, long retryMillis) {
      // coming back to a part of a stream is not to be had
    }

    @Override
    public boolean full() {
      return line.sink().full();
    }

    @Override
    public void onDrain(Runnable action) {
      line.sink().onDrain(action);
    }

    @Override
    public void end() {
      if (ended) {
        return;
      }
      ended = true;
      line.forget(LineReply.this);
      if (!answered) {
        // the stream goes on: nothing else tells the caller that there is no more
        asked.id().ifPresent(this::broken);
      }
    }

    private void broken(String id) {
      line.say(
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + id
                  + ",\"error\":{\"code\":"
                  + McpErrors.INTERNAL
                  + ",\"message\":\"The answer broke off\"}}"));
    }

    @Override
    public void cut() {
      end();
    }

    @Override
    public boolean closed() {
      return ended || line.sink().closed();
    }
  }

  /** What the caller asked, as far as the way back must know it. */
  record Asked(Optional<String> id, Optional<String> revision) {
    /** The lines of what belongs to no request. */
    static final Asked NOTHING = new Asked(Optional.empty(), Optional.empty());

    /** Whether the message is the answer. */
    boolean isAnswer(Payload message) {
      return id.isPresent() && Message.read(message).filter(m -> m.answers(id.get())).isPresent();
    }

    /** The message, in the revision that the caller asked for. */
    Payload told(Payload message) {
      return revision.isEmpty()
          ? message
          : Message.read(message).map(m -> m.inRevision(revision.get())).orElse(message);
    }
  }
}
