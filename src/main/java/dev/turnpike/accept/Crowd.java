package dev.turnpike.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections from their first moment, and takes no more than so many. Thread-safe. */
public final class Crowd {
  private volatile int limit;
  private final AtomicInteger open = new AtomicInteger();

  public Crowd(int limit) {
    this.limit = limit;
  }

  /**
   * One connection more, which has brought nothing yet; gives false and closes it where there are
   * too many.
   */
  public boolean enter(Channel channel) {
    channel.closeFuture().addListener(_ -> open.decrementAndGet());
    if (open.incrementAndGet() <= limit) {
      return true;
    }
    channel.pipeline().addFirst(new Closing());
    return false;
  }

  /** Takes nobody any more. */
  public void close() {
    limit = 0;
  }

  // before this moment a connection cannot be closed
  private static final class Closing extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.close();
    }
  }
}
