package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.legacy.Link;
import dev.turnpike.protocol.mcp.legacy.Resume;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a legacy session says that belongs to no request, for all who listen: one GET stream as long
 * as there are any, and one subscription for each resource that somebody listens to. Thread-safe:
 * all that it does is done on the event loop on which it was first used.
 */
public final class Bus {
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final List<String> LISTS =
      List.of(
          "notifications/tools/list_changed",
          "notifications/prompts/list_changed",
          "notifications/resources/list_changed");

  /** Hears of a change; on the event loop of the bus. */
  @FunctionalInterface
  public interface Listener {
    void heard(String name, Optional<String> uri);
  }

  private final Link link;
  private final Supplier<RpcId.Text> ids;
  private final Runnable changed;
  private final Consumer<Bus> forgotten;
  private final Map<Listener, Set<String>> listeners = new ConcurrentHashMap<>();
  private final Map<String, Integer> subscribed = new HashMap<>();
  private @Nullable Executor loop;
  private @Nullable Upstream upstream;
  private @Nullable Stream stream;
  private CompletableFuture<Boolean> open = new CompletableFuture<>();
  private int failures;
  private boolean opened;
  private volatile @Nullable Bus movedTo;

  Bus(Link link, Supplier<RpcId.Text> ids, Runnable changed, Consumer<Bus> forgotten) {
    this.link = link;
    this.ids = ids;
    this.changed = changed;
    this.forgotten = forgotten;
  }

  /**
   * What can be heard.
   *
   * @param streams whether the upstream has a stream of what belongs to no request at all
   * @param uris that it has let itself be subscribed to
   */
  public record Heard(boolean streams, Set<String> uris) {}

  /**
   * Begins to listen. Completes with what can be heard, on the event loop that this is called on.
   */
  public CompletableFuture<Heard> add(Listener listener, Set<String> uris, Upstream at) {
    Bus elsewhere = movedTo;
    if (elsewhere != null) {
      return elsewhere.add(listener, uris, at);
    }
    CompletableFuture<Heard> begun = new CompletableFuture<>();
    CompletableFuture<Heard> told = at.here(begun);
    on(at)
        .execute(() -> {
          listeners.put(listener, Set.of());
          if (stream == null) {
            open = new CompletableFuture<>();
            begin(at, link.listen(), false);
          }
          open.thenAccept(has -> {
            if (!has || !listeners.containsKey(listener)) {
              begun.complete(new Heard(has, Set.of()));
            } else {
              subscribed(listener, uris, at)
                  .thenAccept(taken -> begun.complete(new Heard(true, taken)));
            }
          });
        });
    return told;
  }

  private CompletableFuture<Set<String>> subscribed(
      Listener listener, Set<String> uris, Upstream at) {
    Set<String> taken = ConcurrentHashMap.newKeySet();
    CompletableFuture<?>[] all =
        uris.stream()
            .map(uri ->
                count(uri, 1, at)
                    .thenAccept(yes -> {
                      if (yes) {
                        taken.add(uri);
                      } else {
                        subscribed.remove(uri);
                      }
                    }))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all)
        .thenApply(_ -> {
          if (listeners.computeIfPresent(listener, (_, _) -> Set.copyOf(taken)) == null) {
            // it has left meanwhile
            taken.forEach(uri -> count(uri, -1, at));
          }
          return taken;
        });
  }

  public void remove(Listener listener) {
    Bus elsewhere = movedTo;
    if (elsewhere != null) {
      elsewhere.remove(listener);
      return;
    }
    Executor mine;
    synchronized (this) {
      mine = loop;
    }
    if (mine == null) {
      return;
    }
    mine.execute(() -> {
      Set<String> uris = listeners.remove(listener);
      Upstream at = upstream;
      if (uris == null || at == null) {
        return;
      }
      uris.forEach(uri -> count(uri, -1, at));
      Stream unwanted = stream;
      if (listeners.isEmpty() && unwanted != null) {
        stream = null;
        unwanted.close();
      }
    });
  }

  /** Whether anybody listens. From any thread. */
  public boolean listened() {
    return !listeners.isEmpty();
  }

  /** A notification that came on the stream of a request. From any thread. */
  public void heard(String name, Told told) {
    if (LISTS.contains(name) || name.equals("notifications/resources/updated")) {
      if (LISTS.contains(name)) {
        changed.run();
      }
      Optional<String> uri = told.scan().text(Told.URI);
      listeners.keySet().forEach(listener -> listener.heard(name, uri));
    }
  }

  private synchronized Executor on(Upstream at) {
    upstream = at;
    Executor mine = loop;
    if (mine == null) {
      mine = at.here();
      loop = mine;
    }
    return mine;
  }

  // completes with whether it is subscribed to now
  private CompletableFuture<Boolean> count(String uri, int change, Upstream at) {
    int before = subscribed.getOrDefault(uri, 0);
    int now = Math.max(0, before + change);
    if (now == 0) {
      subscribed.remove(uri);
    } else {
      subscribed.put(uri, now);
    }
    if ((before == 0) == (now == 0)) {
      return CompletableFuture.completedFuture(now > 0);
    }
    Outgoing request =
        link.post(
            Payload.of(
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + ids.get().lexeme()
                    + ",\"method\":\"resources/"
                    + (now == 0 ? "unsubscribe" : "subscribe")
                    + "\",\"params\":{\"uri\":"
                    + JsonText.quote(uri)
                    + "}}"),
            false);
    return Inquiry.send(at, request).handle((reply, _) -> reply != null && taken(reply, at));
  }

  private static boolean taken(Inquiry.Reply reply, Upstream at) {
    try {
      return reply.body().isPresent()
          && Told.read(reply.body().get(), at.name()).message() instanceof RpcMessage.Result;
    } catch (Refused unreadable) {
      return false;
    }
  }

  /**
   * Whoever listens here listens there from now on: this one's session is worth nothing any more.
   * On any thread.
   */
  void moveTo(Bus other, Upstream at) {
    on(at)
        .execute(() -> {
          movedTo = other;
          Stream old = stream;
          stream = null;
          if (old != null) {
            old.close();
          }
          Map<Listener, Set<String>> all = Map.copyOf(listeners);
          listeners.clear();
          all.forEach((listener, uris) -> {
            other.add(listener, uris, at);
            // nobody knows what was missed
            LISTS.forEach(list -> listener.heard(list, Optional.empty()));
          });
        });
  }

  private void begin(Upstream at, Outgoing get, boolean again) {
    Stream next = new Stream(at);
    stream = next;
    at.send(get)
        .answered()
        .whenComplete((answered, _) -> {
          boolean streams = answered != null && answered.status() == 200 && answered.events();
          if (answered != null && (!streams || stream != next)) {
            answered.cancel();
          } else if (answered != null) {
            next.answer = answered;
            answered.read(next);
            if (again) {
              LISTS.forEach(
                  list -> listeners.keySet().forEach(l -> l.heard(list, Optional.empty())));
            }
            failures = 0;
            opened = true;
          }
          if (!streams && stream == next) {
            stream = null;
            if (answered == null) {
              retry(at);
            } else if (opened) {
              // it had the stream once, and has it no more: the session was forgotten
              opened = false;
              forgotten.accept(this);
            }
          }
          open.complete(streams);
        });
  }

  private void retry(Upstream at) {
    at.later(
        Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, 500L << Math.min(6, failures++))),
        () -> {
          if (stream == null && !listeners.isEmpty()) {
            begin(at, link.listen(), true);
          }
        });
  }

  private final class Stream implements Receiver {
    private final Upstream at;
    private final Resume resume = new Resume(link);
    private @Nullable Answered answer;

    public Stream(Upstream at) {
      this.at = at;
    }

    public void close() {
      Answered known = answer;
      if (known != null) {
        known.cancel();
      }
    }

    @Override
    public void message(Payload json, String eventId) {
      resume.seen(eventId);
      try {
        Told told = Told.read(json, at.name());
        switch (told.message()) {
          case RpcMessage.Notification(var name) -> heard(name, told);
          // what is asked outside of a call cannot be asked of anybody in the modern era
          case RpcMessage.Request(var question, var method) ->
              at.send(
                      link.post(
                          method.equals("ping")
                              ? Said.result(question, "{}")
                              : Said.error(question, -32601, "Not outside of a call: " + method),
                          false))
                  .answered()
                  .thenAccept(Answered::finish);
          case RpcMessage.Result _, RpcMessage.Failure _ -> {}
        }
      } catch (Refused _) {
        // one message that cannot be read does not end the stream
      }
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {
      resume.primed(eventId, retryMillis);
    }

    @Override
    public void ended() {
      if (stream != this) {
        return;
      }
      stream = null;
      Optional<Resumption> next = resume.next();
      if (next.isPresent()) {
        at.later(
            next.get().after(),
            () -> {
              if (stream == null && !listeners.isEmpty()) {
                begin(at, next.get().outgoing(), false);
              }
            });
      } else {
        retry(at);
      }
    }

    @Override
    public void failed(UpstreamFailed failure) {
      if (stream == this) {
        stream = null;
        retry(at);
      }
    }
  }
}
