package dev.turnpike.accept;

import dev.turnpike.exchange.Ticker;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The connections that callers hold. None lasts for ever, so that a new replica gets its share; and
 * when Turnpike ends, each is told (GOAWAY, or {@code Connection: close}) and let go of as soon as
 * nothing is under way on it. Thread-safe.
 */
public final class Connections {
  private static final class Held {
    final AtomicInteger underWay = new AtomicInteger();
    final long expiresNanos;
    volatile boolean told;
    volatile boolean finished;
    final Optional<HeadWatch> watch;

    Held(long expiresNanos, Optional<HeadWatch> watch) {
      this.expiresNanos = expiresNanos;
      this.watch = watch;
    }
  }

  private final ConcurrentHashMap<HttpConnection, Held> held = new ConcurrentHashMap<>();
  private final Duration age;
  private final Ticker ticker;
  private final RandomGenerator random;
  private volatile boolean draining;

  /**
   * @param age after which a connection takes no more requests, give or take a twentieth
   */
  public Connections(Duration age, Ticker ticker, RandomGenerator random) {
    this.age = age;
    this.ticker = ticker;
    this.random = random;
  }

  /** How many there are. */
  public int open() {
    return held.size();
  }

  /** A request has come. Whether it is to be the last one on its connection. */
  boolean enter(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    Held here = held.get(connection);
    if (here == null) {
      here = new Held(ticker.nanos() + jittered(), HeadWatch.on(connection));
      held.put(connection, here);
      connection.closeHandler(_ -> held.remove(connection));
      if (connection instanceof ConnectionBase base && !base.channel().isActive()) {
        // nobody would call that handler any more
        held.remove(connection);
      }
    }
    here.watch.ifPresent(watch -> watch.whole(request));
    here.underWay.incrementAndGet();
    boolean last = draining || ticker.nanos() - here.expiresNanos > 0;
    if (last && request.version() == HttpVersion.HTTP_2) {
      tell(connection, here);
      return false;
    }
    if (last) {
      finish(here);
    }
    return last;
  }

  /** The request is the last one that is taken on its connection. */
  void finish(HttpServerRequest request) {
    Held here = held.get(request.connection());
    if (here != null && request.version() != HttpVersion.HTTP_2) {
      finish(here);
    }
  }

  private static void finish(Held here) {
    here.finished = true;
    here.watch.ifPresent(HeadWatch::finished);
  }

  /** Whether the connection has had its last request: what follows on it is not looked at. */
  boolean finished(HttpServerRequest request) {
    Held here = held.get(request.connection());
    return here != null && here.finished;
  }

  /** The answer to a request is out, or will never be. */
  void leave(HttpServerRequest request) {
    Held here = held.get(request.connection());
    if (here == null) {
      return;
    }
    here.watch.ifPresent(HeadWatch::answered);
    if (here.underWay.decrementAndGet() == 0 && draining) {
      request.connection().close();
    }
  }

  /**
   * Takes no new connection's second request: who has nothing under way is let go of, the others
   * are told.
   */
  public void drain() {
    draining = true;
    held.forEach((connection, here) -> {
      if (here.underWay.get() == 0) {
        connection.close();
      } else {
        tell(connection, here);
      }
    });
  }

  // HTTP/2 says goodbye in a frame of its own; on HTTP/1.1 the next answer's head does
  private static void tell(HttpConnection connection, Held here) {
    if (!here.told) {
      here.told = true;
      try {
        connection.goAway(0);
      } catch (UnsupportedOperationException _) {
        // HTTP/1.1
      }
    }
  }

  private long jittered() {
    long nanos = age.toNanos();
    return nanos - nanos / 20 + random.nextLong(Math.max(1, nanos / 10));
  }
}
