package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.tomodern.Listening;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.upstream.Upstream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** What upstreams of either era say outside of calls, for modern callers. Thread-safe. */
record Feeds(Natures natures, Pool pool, Tools tools) {
  private static final Runnable NOTHING = () -> {};

  /**
   * What is wanted of one upstream.
   *
   * @param uris as the upstream names them
   * @param lists whether changes of lists are wanted
   */
  record Wanted(Set<String> uris, boolean lists, Bus.Listener listener) {
    boolean nothing() {
      return uris.isEmpty() && !lists;
    }
  }

  /** One that is open, or about to be. Thread-safe. */
  static final class Feed {
    private final AtomicReference<Runnable> end = new AtomicReference<>(NOTHING);
    private volatile boolean closed;

    private void ends(Runnable with) {
      end.set(with);
      if (closed) {
        close();
      }
    }

    void close() {
      closed = true;
      end.getAndSet(NOTHING).run();
    }
  }

  /** Opens it, on behalf of the caller who asks for that. */
  Feed open(Upstream upstream, Caller caller, Asked asked, Wanted wanted) {
    Feed feed = new Feed();
    if (wanted.nothing()) {
      return feed;
    }
    attempt(upstream, caller, asked, wanted, feed, 0);
    return feed;
  }

  // one that is away now may be back later
  private void attempt(
      Upstream upstream, Caller caller, Asked asked, Wanted wanted, Feed feed, int failures) {
    natures
        .of(upstream)
        .thenCompose(nature -> {
          if (nature == Nature.LEGACY) {
            return legacy(upstream, caller, ClientCapabilities.declared(asked), wanted, feed);
          }
          modern(upstream, caller, asked, wanted, feed);
          return CompletableFuture.completedFuture(feed);
        })
        .exceptionally(_ -> {
          if (!feed.closed) {
            upstream.later(
                Backoff.after(failures),
                () -> attempt(upstream, caller, asked, wanted, feed, failures + 1));
          }
          return null;
        });
  }

  private CompletableFuture<Feed> legacy(
      Upstream upstream, Caller caller, String profile, Wanted wanted, Feed feed) {
    return pool.session(upstream, caller, profile, "")
        .thenApply(session -> {
          session.bus().add(wanted.listener(), wanted.uris(), upstream);
          feed.ends(() -> session.bus().remove(wanted.listener()));
          return feed;
        });
  }

  private void modern(Upstream upstream, Caller caller, Asked asked, Wanted wanted, Feed feed) {
    Listening listening = new Listening(caller, identity(asked), tools, wanted.listener());
    feed.ends(listening::close);
    if (wanted.uris().isEmpty()) {
      listening.begin(upstream);
    } else {
      wanted.uris().forEach(uri -> listening.add(uri, upstream));
    }
  }

  private static String identity(Asked asked) {
    return "\"%s\":\"%s\",\"%s\":%s,\"%s\":%s"
        .formatted(
            Words.META_VERSION,
            Revisions.MODERN,
            Words.META_CAPABILITIES,
            ClientCapabilities.declared(asked),
            Words.META_CLIENT,
            asked.scan().type(Asked.META_CLIENT) == JsonType.OBJECT
                ? asked.scan().part(Asked.META_CLIENT).text()
                : Words.OURSELVES);
  }
}
