package dev.turnpike.upstream;

import dev.turnpike.config.Reach;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP clients with Turnpike's settings: no redirects, no cookies, no decompression. One for each
 * event loop, so that an exchange stays on the loop that it began on.
 */
public final class Clients implements AutoCloseable {
  // Node's servers close an idle connection after 5 s: let go of it before, not at the same moment
  private static final int KEEP_ALIVE_SECONDS = 4;
  private static final int CONNECT_MILLIS = 5_000;
  // for what is said beside the exchanges, which must never wait for the exchanges to end
  private static final int SPARE_CONNECTIONS = 64;

  private final Vertx vertx;
  private final Reach.Http reach;
  private final int concurrency;
  private final Map<Thread, HttpClient> byLoop = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param concurrency requests at once
   */
  public Clients(Vertx vertx, Reach.Http reach, int concurrency) {
    this.vertx = vertx;
    this.reach = reach;
    this.concurrency = concurrency;
  }

  /**
   * The client of the event loop that this is called on.
   *
   * @throws IllegalStateException where they are closed
   */
  public HttpClient here() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    return byLoop.computeIfAbsent(Thread.currentThread(), _ -> made());
  }

  @Override
  public void close() {
    closed = true;
    byLoop.values().forEach(HttpClient::close);
  }

  private HttpClient made() {
    boolean tls = "https".equals(reach.url().getScheme());
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAlive(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2KeepAliveTimeout(60)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(64 * 1024)
            .setSsl(tls)
            .setVerifyHost(true);
    if (tls) {
      options.setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2);
    } else if (reach.http2()) {
      options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
    }
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(2 * concurrency + SPARE_CONNECTIONS)
            .setHttp2MaxSize(4)
            .setMaxWaitQueueSize(concurrency);
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        // who was asking is told already; the log has one line for each exchange, and no more
        .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
        .build();
  }
}
