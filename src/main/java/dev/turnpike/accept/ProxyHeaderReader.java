package dev.turnpike.accept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the PROXY header from the beginning of a connection, before anything reads a request. A
 * connection without one is closed: nobody but the proxy on this machine may come here.
 */
public final class ProxyHeaderReader extends ByteToMessageDecoder {
  private static final Duration ALLOWED = Duration.ofSeconds(5);

  private final Consumer<String> refused;
  private @Nullable Future<?> deadline;

  private ProxyHeaderReader(Consumer<String> refused) {
    this.refused = refused;
  }

  /**
   * Before everything else that reads the connection.
   *
   * @param refused hears why a connection was closed
   */
  public static void begin(Channel channel, Consumer<String> refused) {
    channel.pipeline().addFirst("proxy-header", new ProxyHeaderReader(refused));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> close(context, "did not come in time"),
                ALLOWED.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    disarm();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    disarm();
    super.channelInactive(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!(context.channel().remoteAddress() instanceof InetSocketAddress there)
        || !there.getAddress().isLoopbackAddress()) {
      in.skipBytes(in.readableBytes());
      close(context, "came from another machine");
      return;
    }
    if (in.readableBytes() < ProxyHeader.PREFIX) {
      return;
    }
    try {
      int begin = in.readerIndex();
      int length = ProxyHeader.length(ByteBufUtil.getBytes(in, begin, ProxyHeader.PREFIX));
      if (in.readableBytes() < length) {
        return;
      }
      byte[] header = new byte[length];
      in.readBytes(header);
      Peers.announced(context.channel(), ProxyHeader.read(header));
      // what stands behind it goes on to whoever reads requests
      context.pipeline().remove(this);
    } catch (ProxyHeader.Malformed malformed) {
      in.skipBytes(in.readableBytes());
      close(context, String.valueOf(malformed.getMessage()));
    }
  }

  private void close(ChannelHandlerContext context, String why) {
    disarm();
    refused.accept(why);
    context.close();
  }

  private void disarm() {
    Future<?> armed = deadline;
    if (armed != null) {
      armed.cancel(false);
      deadline = null;
    }
  }
}
