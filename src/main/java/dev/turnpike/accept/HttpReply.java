package dev.turnpike.accept;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Lasting;
import dev.turnpike.rpc.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/** The way back over HTTP. */
final class HttpReply implements Reply {
  static final long LINGER_MILLIS = 1_000;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final AcceptLimits limits;
  private final List<Runnable> whenGone = new ArrayList<>(2);
  private boolean committed;
  private boolean last;
  private final Connections connections;
  private final Admission admission;
  private final Admission.Entry entry;
  private long held;
  private boolean whole;
  private boolean gone;
  private boolean left;

  HttpReply(
      Vertx vertx,
      HttpServerRequest request,
      AcceptLimits limits,
      Connections connections,
      Admission admission,
      Admission.Entry entry) {
    this.connections = connections;
    this.admission = admission;
    this.entry = entry;
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.limits = limits;
    this.last = connections.enter(request);
    response.closeHandler(_ -> gone());
    response.exceptionHandler(_ -> gone());
  }

  /** Bytes more of the request's body are kept; false when all bodies together are too large. */
  boolean hold(int more) {
    held += more;
    return admission.hold(more);
  }

  /** This is the last answer on the connection. */
  void last() {
    last = true;
    connections.finish(request);
  }

  @Override
  public void header(String name, String value) {
    response.putHeader(name, value);
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    answer(status, contentType, Unpooled.wrappedBuffer(body.array(), body.offset(), body.size()));
  }

  @Override
  public void listing(String contentType, Payload before, Lasting entries, Payload behind) {
    // all of it outside of the heap, or the channel would copy all of it there
    answer(
        200,
        contentType,
        Unpooled.wrappedBuffer(
            Lasting.outside(before), entries.outside(), Lasting.outside(behind)));
  }

  private void answer(int status, String contentType, ByteBuf body) {
    if (!committed && !gone) {
      // what cannot be sent throws here, while another answer is still possible
      response.setStatusCode(status);
      if (body.isReadable()) {
        response.putHeader("Content-Type", contentType);
      }
    }
    commit();
    if (gone) {
      return;
    }
    whole = true;
    if (last && request.version() != HttpVersion.HTTP_2) {
      response.putHeader("Connection", "close");
    }
    if (!body.isReadable()) {
      response.end().onComplete(_ -> leave());
    } else {
      response.end(Buffer.buffer(body)).onComplete(_ -> leave());
    }
    if (last && request.version() != HttpVersion.HTTP_2) {
      // at once would be a reset, which takes the answer with it while the caller still sends
      vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
    }
  }

  @Override
  public EventSink stream() {
    commit();
    response
        .setStatusCode(200)
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-cache, no-transform")
        .putHeader("X-Accel-Buffering", "no");
    if (last && request.version() != HttpVersion.HTTP_2) {
      response.putHeader("Connection", "close");
    }
    SocketSink sink =
        new SocketSink(
            vertx, response, request, limits, this::gone, () -> whole = true, this::leave);
    onGone(sink::gone);
    sink.open();
    return sink;
  }

  private void commit() {
    if (committed) {
      throw new IllegalStateException("answered twice");
    }
    committed = true;
  }

  @Override
  public boolean committed() {
    return committed;
  }

  @Override
  public void onGone(Runnable action) {
    if (gone) {
      action.run();
    } else {
      whenGone.add(action);
    }
  }

  private void leave() {
    if (!left) {
      left = true;
      admission.leave(entry, held);
      connections.leave(request);
    }
  }

  private void gone() {
    if (!gone) {
      gone = true;
      leave();
      // on HTTP/2 a stream closes while its last frame is being written: nobody has left then
      if (!whole) {
        whenGone.forEach(Runnable::run);
      }
    }
  }
}
