package dev.turnpike.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a connection for heads that never become a request: those that Vert.x answers by itself,
 * that break off, or that do not come in time, which ends the connection. Each is told once. On the
 * event loop of the connection.
 */
public final class HeadWatch extends ChannelDuplexHandler {
  private static final AttributeKey<HeadWatch> KEY = AttributeKey.valueOf(HeadWatch.class, "here");
  private static final int EAGER = 4;
  private static final byte[] PREFACE = "PRI ".getBytes(US_ASCII);
  private static final byte[] STATUS_LINE = "HTTP/1.".getBytes(US_ASCII);
  private static final byte[] TIMED_OUT =
      "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
          .getBytes(US_ASCII);
  private static final Outcome TOO_SLOW =
      new Outcome.TurnedAway(new Refusal.Malformed("The head did not come in time"));
  private static final Outcome LEFT =
      new Outcome.Cut(Outcome.By.CALLER, "left in the middle of a head");

  private final Duration allowed;
  private final int streams;
  private final Unread unread;
  private @Nullable ChannelHandlerContext here;
  private @Nullable Future<?> deadline;
  private boolean awaited = true;
  private boolean begun;
  private int prefaced;
  private boolean frames;
  private boolean over;
  private boolean bounded;
  private int underWay;
  private int answered;

  /** What became of something that was not read as a request. */
  @FunctionalInterface
  public interface Unread {
    void ended(Inbound inbound, Outcome outcome);
  }

  private HeadWatch(Duration allowed, int streams, Unread unread) {
    this.allowed = allowed;
    this.streams = streams;
    this.unread = unread;
  }

  /**
   * Begins to watch a connection that has brought nothing yet.
   *
   * @param allowed for each head on HTTP/1.1, and for the first on HTTP/2
   * @param streams open at once on HTTP/2
   */
  public static void begin(Channel channel, Duration allowed, int streams, Unread unread) {
    HeadWatch watch = new HeadWatch(allowed, streams, unread);
    channel.attr(KEY).set(watch);
    channel.pipeline().addFirst("head-watch", watch);
  }

  /** The watch on a connection, where there is one. */
  static Optional<HeadWatch> on(HttpConnection connection) {
    return connection instanceof ConnectionBase base
        ? Optional.ofNullable(base.channelHandlerContext().channel().attr(KEY).get())
        : Optional.empty();
  }

  /** The head is whole. */
  void whole(HttpServerRequest request) {
    underWay++;
    awaited = false;
    begun = false;
    answered = 0;
    if (!bounded && request.version() == HttpVersion.HTTP_2) {
      bound();
    }
    frames = request.version() == HttpVersion.HTTP_2;
    disarm();
  }

  // Netty holds a caller to the limit only once it has been acknowledged, which it need never be
  private void bound() {
    bounded = true;
    ChannelHandlerContext context = here;
    Http2ConnectionHandler http2 =
        context == null ? null : context.pipeline().get(Http2ConnectionHandler.class);
    if (http2 != null) {
      // some more than is told: who is eager has not read the bound yet, and would lose all
      http2.connection().remote().maxActiveStreams(EAGER * streams);
    }
  }

  /** An answer is out. */
  void answered() {
    underWay--;
  }

  /** No other head is looked at on this connection. */
  void finished() {
    over = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    here = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    arm(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (underWay == 0 && !frames && !over && message instanceof ByteBuf bytes) {
      begins(bytes);
    }
    context.fireChannelRead(message);
    if (awaited && deadline == null && !over) {
      arm(context);
    }
  }

  private void begins(ByteBuf bytes) {
    int at = bytes.readerIndex();
    if (!begun) {
      // empty lines before a head belong to no head (RFC 9112, section 2.2)
      while (at < bytes.writerIndex() && (bytes.getByte(at) == '\r' || bytes.getByte(at) == '\n')) {
        at++;
      }
      if (at == bytes.writerIndex()) {
        return;
      }
      prefaced = 0;
    }
    awaited = true;
    begun = true;
    while (prefaced >= 0 && prefaced < PREFACE.length && at < bytes.writerIndex()) {
      prefaced = bytes.getByte(at++) == PREFACE[prefaced] ? prefaced + 1 : -1;
    }
    frames = prefaced == PREFACE.length;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (awaited && begun && answered == 0 && message instanceof ByteBuf bytes) {
      answered = status(bytes);
    }
    context.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    disarm();
    if (awaited && begun && !frames && !over) {
      over = true;
      tell(answered < 400 ? LEFT : refused(answered));
    }
    context.fireChannelInactive();
  }

  /** A connection that is reset before it has asked for anything is nobody's error. */
  @Override
  @SuppressWarnings("deprecation")
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    if (cause instanceof IOException && awaited && underWay == 0) {
      context.close();
    } else {
      super.exceptionCaught(context, cause);
    }
  }

  private void arm(ChannelHandlerContext context) {
    deadline =
        context.executor().schedule(() -> late(context), allowed.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    Future<?> armed = deadline;
    if (armed != null) {
      armed.cancel(false);
      deadline = null;
    }
  }

  private void late(ChannelHandlerContext context) {
    if (!awaited || over) {
      return;
    }
    over = true;
    if (!begun) {
      // it never asked for anything
      context.close();
      return;
    }
    tell(TOO_SLOW);
    if (frames || context.pipeline().get(SslHandler.class) != null) {
      context.close();
    } else {
      context
          .writeAndFlush(Unpooled.wrappedBuffer(TIMED_OUT))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void tell(Outcome outcome) {
    unread.ended(Inbound.NONE, outcome);
  }

  private static Outcome refused(int status) {
    return new Outcome.TurnedAway(
        new Refusal.Malformed(
            status == 431 || status == 414
                ? "The head is too large"
                : "The head is not one of HTTP: answered with " + status));
  }

  private static boolean startsWith(ByteBuf bytes, byte[] with) {
    int from = bytes.readerIndex();
    if (bytes.readableBytes() < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (bytes.getByte(from + i) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static int status(ByteBuf bytes) {
    int digits = bytes.readerIndex() + STATUS_LINE.length + 2;
    if (!startsWith(bytes, STATUS_LINE) || bytes.writerIndex() < digits + 3) {
      return 0;
    }
    int status = 0;
    for (int i = digits; i < digits + 3; i++) {
      status = status * 10 + bytes.getByte(i) - '0';
    }
    return status;
  }
}
