package dev.turnpike.upstream.events;

import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.UpstreamFailed;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is posted to the address of a stream. One goes out when the one before it was taken, so that
 * they arrive in order; before a server that takes a post only when the call in it is over, one
 * goes out when the one before it was written. On one event loop, except where it is said.
 */
final class Posting {
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  // after which a server is seen to answer a post late
  private static final long TAKING_MILLIS = 500;
  // a call may take as long as its caller waits, and no connection is held for good
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  /** Told once, when nothing can be posted any more. */
  @FunctionalInterface
  interface Failing {
    void failed(UpstreamFailed.Kind kind, String why);
  }

  private final Vertx vertx;
  private final HttpClient client;
  private final long patienceMillis;
  private final Failing failing;
  private final Queue<Payload> waiting = new ArrayDeque<>();
  private final Set<Post> under = new HashSet<>();
  private final AtomicLong bytes = new AtomicLong();
  private @Nullable URI address;
  private boolean held;
  private boolean eager;
  private boolean over;

  /**
   * @param patience until a message is on its way
   */
  Posting(Vertx vertx, HttpClient client, Duration patience, Failing failing) {
    this.vertx = vertx;
    this.client = client;
    this.patienceMillis = Math.max(1, patience.toMillis());
    this.failing = failing;
  }

  /** Whether there is room for it; then it is to be added. From any thread. */
  boolean reserve(Payload message) {
    if (bytes.addAndGet(message.size()) > MOST_BYTES) {
      bytes.addAndGet(-message.size());
      return false;
    }
    return true;
  }

  void add(Payload message) {
    if (!over) {
      waiting.add(message);
      next();
    }
  }

  /** There is an address to post to. */
  void begin(URI to) {
    address = to;
    next();
  }

  void end() {
    over = true;
    waiting.clear();
    List.copyOf(under).forEach(Post::end);
  }

  private void next() {
    URI to = address;
    if (to != null && !held && !over && !waiting.isEmpty()) {
      held = true;
      new Post(waiting.remove()).begin(to);
    }
  }

  /** One message, from its turn until it was taken. */
  private final class Post {
    private final Payload message;
    private @Nullable HttpClientRequest request;
    private long timer;
    private boolean passed;
    private boolean ended;

    private Post(Payload message) {
      this.message = message;
    }

    private void begin(URI to) {
      under.add(this);
      timer =
          vertx.setTimer(
              patienceMillis,
              _ -> failing.failed(UpstreamFailed.Kind.BROKEN_OFF, "does not take what is posted"));
      client
          .request(new RequestOptions().setAbsoluteURI(to.toString()).setMethod(HttpMethod.POST))
          .onSuccess(this::write)
          .onFailure(_ -> broken());
    }

    private void write(HttpClientRequest made) {
      made.exceptionHandler(_ -> {});
      if (ended) {
        made.reset();
        return;
      }
      request = made;
      made.response().onSuccess(this::taken).onFailure(_ -> broken());
      made.putHeader("content-type", "application/json")
          .end(
              Buffer.buffer(
                  Unpooled.wrappedBuffer(message.array(), message.offset(), message.size())))
          .onSuccess(_ -> written());
    }

    private void written() {
      if (ended) {
        return;
      }
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(LONGEST_MILLIS, _ -> end());
      if (eager) {
        pass();
      } else {
        vertx.setTimer(TAKING_MILLIS, _ -> untaken());
      }
    }

    private void untaken() {
      if (!ended) {
        eager = true;
        pass();
      }
    }

    private void pass() {
      if (!passed) {
        passed = true;
        held = false;
        next();
      }
    }

    private void taken(HttpClientResponse response) {
      // what it says there is said on the stream too
      response.exceptionHandler(_ -> {});
      response.handler(_ -> {});
      if (response.statusCode() / 100 == 2) {
        request = null;
        end();
        pass();
      } else if (!ended) {
        failing.failed(
            UpstreamFailed.Kind.BROKEN_OFF,
            "refused what was posted with status " + response.statusCode());
      }
    }

    private void broken() {
      if (!ended) {
        failing.failed(UpstreamFailed.Kind.BROKEN_OFF, "closed the connection that is posted on");
      }
    }

    private void end() {
      if (ended) {
        return;
      }
      ended = true;
      under.remove(this);
      bytes.addAndGet(-message.size());
      vertx.cancelTimer(timer);
      HttpClientRequest open = request;
      if (open != null) {
        open.reset();
      }
    }
  }
}
