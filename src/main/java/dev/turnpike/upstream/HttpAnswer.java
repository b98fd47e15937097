package dev.turnpike.upstream;

import dev.turnpike.exchange.Headers;
import dev.turnpike.sse.SseEvent;
import dev.turnpike.sse.SseReader;
import dev.turnpike.sse.SseTooLarge;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An answer over HTTP, cut into messages by its content type. All on one event loop. */
final class HttpAnswer implements Answered {
  // how long an upstream may take to end an answer that is whole already
  private static final long LINGER_MILLIS = 1_000;

  // in which an answer that has come already shows its end
  private static final long GRACE_MILLIS = 10;

  private final Vertx vertx;
  private final HttpClientResponse response;
  private final AnswerLimits limits;
  private final AtomicInteger open;
  private final boolean events;
  private @Nullable Receiver receiver;
  private long timer = -1;
  private boolean active;
  private boolean paused;
  private boolean over;
  // nothing more can come of it, in good order or not
  private boolean come;
  private boolean settling;
  private boolean finished;

  HttpAnswer(Vertx vertx, HttpClientResponse response, AnswerLimits limits, AtomicInteger open) {
    this.vertx = vertx;
    this.response = response;
    this.limits = limits;
    this.open = open;
    String type = response.getHeader("content-type");
    this.events = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    open.incrementAndGet();
    response.exceptionHandler(_ -> {
      come = true;
      fail(UpstreamFailed.Kind.BROKEN_OFF, "broke off in the middle of its answer");
    });
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return name -> response.headers().getAll(name);
  }

  @Override
  public boolean events() {
    return events;
  }

  @Override
  public void read(Receiver into) {
    this.receiver = into;
    if (over) {
      into.failed(
          new UpstreamFailed(
              UpstreamFailed.Kind.BROKEN_OFF, "broke off in the middle of its answer"));
      return;
    }
    String encoding = response.getHeader("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fail(UpstreamFailed.Kind.UNREADABLE, "answered with an encoding that was not asked for");
      return;
    }
    if (events) {
      readEvents(into);
    } else {
      readBody(into);
    }
    settling = true;
    response.resume();
    // most answers come with their heads: only one that does not is worth a timer
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          settling = false;
          if (finished) {
            linger();
          } else if (!over) {
            watch();
          }
        });
  }

  private void readEvents(Receiver into) {
    SseReader reader = new SseReader(limits.message(), event -> deliver(into, event));
    response.handler(chunk -> {
      active = true;
      byte[] bytes = chunk.getBytes();
      try {
        reader.feed(bytes, 0, bytes.length);
      } catch (SseTooLarge _) {
        fail(
            UpstreamFailed.Kind.UNREADABLE,
            "sent an event of more than " + limits.message() + " bytes");
      }
    });
    response.endHandler(_ -> {
      come = true;
      reader.end();
      end();
    });
  }

  private void deliver(Receiver into, SseEvent event) {
    if (over) {
      return;
    }
    if (event.data().size() > 0) {
      String id = event.id().orElse("");
      Batched.each(event.data(), message -> whenOpen(() -> into.message(message, id)));
    } else {
      into.primed(event.id().orElse(""), event.retryMillis());
    }
  }

  private void readBody(Receiver into) {
    MessageSplitter splitter =
        new MessageSplitter(
            limits.message(),
            value -> Batched.each(value, message -> whenOpen(() -> into.message(message, ""))));
    response.handler(chunk -> {
      active = true;
      try {
        splitter.feed(chunk.getBytes());
      } catch (UpstreamFailed failure) {
        fail(failure.kind(), failure.reason());
      }
    });
    response.endHandler(_ -> {
      come = true;
      splitter.end();
      end();
    });
  }

  private void whenOpen(Runnable action) {
    if (!over) {
      action.run();
    }
  }

  private void watch() {
    Duration allowed = events ? limits.idle() : limits.timeout();
    timer =
        vertx.setPeriodic(
            Math.max(1, allowed.toMillis()),
            _ -> {
              // while we hold the upstream back, its silence is ours
              if (!active && !paused) {
                fail(
                    UpstreamFailed.Kind.TIMED_OUT,
                    "fell silent for " + allowed.toMillis() + " ms in the middle of its answer");
              }
              active = false;
            });
  }

  @Override
  public void pause() {
    paused = true;
    response.pause();
  }

  @Override
  public void resume() {
    paused = false;
    active = true;
    response.resume();
  }

  @Override
  public void finish() {
    if (over) {
      return;
    }
    receiver = null;
    if (come) {
      // the last message was known to be whole by the end of the body only
      close();
      return;
    }
    response.handler(_ -> {});
    response.endHandler(_ -> end());
    response.resume();
    finished = true;
    if (!settling) {
      linger();
    }
  }

  private void linger() {
    if (!over) {
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(LINGER_MILLIS, _ -> cancel());
    }
  }

  @Override
  public void cancel() {
    if (close()) {
      abandon();
    }
  }

  /**
   * Closes the connection, unless the answer turns out to have come to its end: then the connection
   * has been given out again, and closing it would break off the call of somebody else.
   */
  private void abandon() {
    if (come) {
      return;
    }
    response.handler(_ -> {});
    response.endHandler(_ -> come = true);
    response.resume();
    vertx.setTimer(
        GRACE_MILLIS,
        _ -> {
          if (!come) {
            response.request().reset();
          }
        });
  }

  private void end() {
    if (close() && receiver != null) {
      receiver.ended();
    }
  }

  private void fail(UpstreamFailed.Kind kind, String reason) {
    if (close()) {
      abandon();
      if (receiver != null) {
        receiver.failed(new UpstreamFailed(kind, reason));
      }
    }
  }

  private boolean close() {
    if (over) {
      return false;
    }
    over = true;
    open.decrementAndGet();
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    return true;
  }

  /** For messages: what an upstream answered with, by status alone. */
  @Override
  public String toString() {
    return "HttpAnswer[" + status() + "]";
  }
}
