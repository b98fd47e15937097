package dev.turnpike.accept;

import dev.turnpike.exchange.Reply.EventSink;
import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseWriter;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An event stream on a socket. May be written to from any thread; what is written goes out in that
 * order on the connection's own event loop. A caller that does not read is dropped at the bounds of
 * {@link AcceptLimits}.
 */
final class SocketSink implements EventSink {
  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final HttpServerRequest request;
  private final AcceptLimits limits;
  private final Runnable dropped;
  private final Runnable ending;
  private final Runnable finished;
  private final AtomicLong queued = new AtomicLong();
  private final List<Runnable> waiting = new ArrayList<>();
  private long keepAlive = -1;
  private boolean silent = true;
  private int stalls;
  private volatile boolean closed;

  /**
   * @param dropped runs when the caller is dropped, which does not wait for the socket
   * @param ending runs before the end is written
   * @param finished runs when the stream has ended in good order
   */
  SocketSink(
      Vertx vertx,
      HttpServerResponse response,
      HttpServerRequest request,
      AcceptLimits limits,
      Runnable dropped,
      Runnable ending,
      Runnable finished) {
    this.ending = ending;
    this.dropped = dropped;
    this.finished = finished;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.response = response;
    this.request = request;
    this.limits = limits;
  }

  /**
   * Sends the head, so that the caller knows that the stream stands, and keeps it alive from now
   * on.
   */
  void open() {
    if (closed) {
      return;
    }
    write(SseWriter.COMMENT);
    keepAlive = vertx.setPeriodic(limits.keepAlive().toMillis(), _ -> tick());
  }

  @Override
  public void event(String id, Payload data) {
    byte[] bytes = SseWriter.event(id, data);
    run(() -> write(bytes));
  }

  @Override
  public void named(String type, Payload data) {
    byte[] bytes = SseWriter.named(type, data);
    run(() -> write(bytes));
  }

  @Override
  public void prime(String id, long retryMillis) {
    byte[] bytes = SseWriter.prime(id, retryMillis);
    run(() -> write(bytes));
  }

  @Override
  public boolean full() {
    return !closed && response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable action) {
    Context from = vertx.getOrCreateContext();
    run(() -> {
      if (full()) {
        waiting.add(() -> from.runOnContext(_ -> action.run()));
        response.drainHandler(_ -> drained());
      } else {
        from.runOnContext(_ -> action.run());
      }
    });
  }

  @Override
  public void end() {
    run(() -> {
      if (close()) {
        ending.run();
        response.end().onComplete(_ -> finished.run());
      }
    });
  }

  @Override
  public void cut() {
    run(this::drop);
  }

  @Override
  public boolean closed() {
    return closed;
  }

  /** The connection is gone. */
  void gone() {
    run(this::close);
  }

  private void write(byte[] bytes) {
    if (closed) {
      return;
    }
    silent = false;
    // one event may be larger than the bound: what counts is what the caller left unread before it
    long waits = queued.getAndAdd(bytes.length);
    response
        .write(Buffer.buffer(Unpooled.wrappedBuffer(bytes)))
        .onComplete(_ -> queued.addAndGet(-bytes.length));
    if (waits > limits.queued()) {
      drop();
    }
  }

  private void drained() {
    stalls = 0;
    List<Runnable> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(Runnable::run);
  }

  private void tick() {
    if (response.writeQueueFull()) {
      stalls++;
      if (stalls * limits.keepAlive().toMillis() >= limits.stalled().toMillis()) {
        drop();
      }
      return;
    }
    stalls = 0;
    if (silent) {
      write(SseWriter.COMMENT);
    }
    silent = true;
  }

  private void drop() {
    if (!close()) {
      return;
    }
    dropped.run();
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset();
    } else if (request.connection() instanceof ConnectionBase connection) {
      // Vert.x closes when all is written, which is never where the caller does not read
      connection.channelHandlerContext().channel().close();
    } else {
      request.connection().close();
    }
  }

  private boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    if (keepAlive >= 0) {
      vertx.cancelTimer(keepAlive);
    }
    // whoever held the upstream back for this caller need not any more
    drained();
    return true;
  }

  private void run(Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(_ -> action.run());
    }
  }
}
