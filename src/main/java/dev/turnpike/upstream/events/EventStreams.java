package dev.turnpike.upstream.events;

import dev.turnpike.config.Reach;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.Clients;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;

/** Opens the streams of one upstream. */
public final class EventStreams implements Channel.Opener, AutoCloseable {
  private final Vertx vertx;
  private final URI url;
  private final Clients clients;
  private final Duration timeout;
  private final int messageLimit;

  /**
   * @param messageLimit bytes of one message
   */
  public EventStreams(UpstreamSpec spec, Reach.Events reach, Vertx vertx, int messageLimit) {
    this.vertx = vertx;
    this.url = reach.url();
    // a stream and a request each
    this.clients = new Clients(vertx, new Reach.Http(url, false), 2 * spec.concurrency());
    this.timeout = spec.timeout();
    this.messageLimit = messageLimit;
  }

  /** Called on an event loop, which the stream stays on. */
  @Override
  public Channel open(Channel.Ear ear) {
    EventChannel channel = new EventChannel(vertx, url, clients.here(), messageLimit, timeout, ear);
    channel.begin();
    return channel;
  }

  @Override
  public void close() {
    clients.close();
  }
}
