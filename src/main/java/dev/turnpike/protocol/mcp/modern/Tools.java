package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Knows, for each upstream, which arguments of which tools are mirrored in header fields. It
 * listens to every list that passes, and asks for itself when a tool is called before anyone has
 * listed. Thread-safe.
 */
public final class Tools {
  private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int MAX_PAGES = 50;
  private static final int MAX_TOOLS = 10_000;

  private static final class Known {
    final Map<String, List<HeaderParam>> params = new ConcurrentHashMap<>();
    volatile CompletableFuture<Void> listed = new CompletableFuture<>();
    volatile boolean asking;
    volatile long atNanos;
  }

  private final Map<Upstream, Known> byUpstream = new WeakHashMap<>();
  private final List<Consumer<Upstream>> listeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Upstream, Lists.Tool>> readers = new CopyOnWriteArrayList<>();
  private final Ticker ticker;

  public Tools(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Completes when what is mirrored can be told; at once where that is known. Never fails. */
  public CompletableFuture<Void> listed(Upstream upstream) {
    Known known = known(upstream);
    synchronized (known) {
      boolean stale = known.listed.isDone() && ticker.nanos() - known.atNanos > FRESH_NANOS;
      if (known.asking || (known.listed.isDone() && !stale)) {
        return upstream.here(known.listed);
      }
      known.asking = true;
      if (!known.listed.isDone()) {
        known.listed = new CompletableFuture<>();
      }
    }
    CompletableFuture<Void> answer = known.listed;
    ask(upstream, Optional.empty(), 0)
        .whenComplete((_, _) -> {
          // an upstream that cannot list has nothing mirrored that we could check
          known.atNanos = ticker.nanos();
          known.asking = false;
          answer.complete(null);
        });
    return upstream.here(answer);
  }

  /** What the tool mirrors, as far as is known. */
  public List<HeaderParam> mirrored(Upstream upstream, String tool) {
    return known(upstream).params.getOrDefault(tool, List.of());
  }

  /** Learns from a list that passed; the ones with a broken annotation are not to be shown. */
  public boolean learn(Upstream upstream, Lists.Tool tool) {
    readers.forEach(reader -> reader.accept(upstream, tool));
    Optional<List<HeaderParam>> params =
        tool.schema().map(HeaderParam::of).orElseGet(() -> Optional.of(List.of()));
    Known known = known(upstream);
    if (params.isEmpty()) {
      known.params.remove(tool.name());
      return false;
    }
    if (params.get().isEmpty()) {
      known.params.remove(tool.name());
    } else if (known.params.size() < MAX_TOOLS) {
      known.params.put(tool.name(), params.get());
    }
    return true;
  }

  /** From now on told whenever an upstream says that one of its lists has changed. */
  public void whenChanged(Consumer<Upstream> listener) {
    listeners.add(listener);
  }

  /** From now on told of every tool that is listed, whoever asked for the list. */
  public void whenListed(BiConsumer<Upstream, Lists.Tool> listener) {
    readers.add(listener);
  }

  /** The upstream says that one of its lists has changed. */
  public void changed(Upstream upstream) {
    forget(upstream);
    listeners.forEach(listener -> listener.accept(upstream));
  }

  /** The upstream's tools changed: ask again before the next call. */
  public void forget(Upstream upstream) {
    Known known = known(upstream);
    synchronized (known) {
      if (!known.asking) {
        known.listed = new CompletableFuture<>();
      }
    }
  }

  private CompletableFuture<Void> ask(Upstream upstream, Optional<String> cursor, int page) {
    String params = cursor.map(c -> "\"cursor\":" + JsonText.quote(c) + ",").orElse("");
    return OwnRequest.ask(upstream, "tools/list", params)
        .thenCompose(reply -> {
          Optional<String> next = reply.body().flatMap(body -> take(upstream, body));
          return next.isPresent() && page < MAX_PAGES
              ? ask(upstream, next, page + 1)
              : CompletableFuture.completedFuture(null);
        });
  }

  private Optional<String> take(Upstream upstream, Payload body) {
    try {
      Told told = Told.read(body, upstream.name());
      Lists.tools(told).forEach(tool -> learn(upstream, tool));
      return told.scan().type(Told.CURSOR) == JsonType.STRING
          ? told.scan().text(Told.CURSOR)
          : Optional.empty();
    } catch (Refused _) {
      return Optional.empty();
    }
  }

  private Known known(Upstream upstream) {
    synchronized (byUpstream) {
      return byUpstream.computeIfAbsent(upstream, _ -> new Known());
    }
  }
}
