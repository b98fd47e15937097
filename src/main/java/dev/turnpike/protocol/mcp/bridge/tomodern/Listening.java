package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.modern.ToUpstream;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a modern upstream says outside of calls: changed lists, and the resources that are
 * subscribed to. A subscription cannot be changed, so a new one is opened and acknowledged before
 * the old one is closed (2026-07-28, subscriptions); one that is lost is opened again. Thread-safe:
 * all that it does is done on the event loop on which it was first used, and its listener is told
 * there.
 */
public final class Listening {
  private static final int MOST_URIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Caller caller;
  private final String identity;
  private final Tools tools;
  private final Bus.Listener listener;
  private final Set<String> uris = new TreeSet<>();
  private @Nullable Executor loop;
  private @Nullable Upstream upstream;
  private @Nullable Stream current;
  private boolean closed;
  private boolean waiting;
  private int failures;
  private long numbered;

  /**
   * @param caller on whose behalf
   * @param identity the members of {@code _meta} that a modern request must have, without braces
   * @param tools told where a list has changed
   */
  public Listening(Caller caller, String identity, Tools tools, Bus.Listener listener) {
    this.caller = caller;
    this.identity = identity;
    this.tools = tools;
    this.listener = listener;
  }

  /** Begins to listen, where that has not begun. */
  public void begin(Upstream at) {
    on(at)
        .execute(() -> {
          if (current == null) {
            renew(new CompletableFuture<>());
          }
        });
  }

  /**
   * Adds a resource to what is listened to. Completes with whether the upstream took it, on the
   * event loop that this is called on.
   */
  public CompletableFuture<Boolean> add(String uri, Upstream at) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    CompletableFuture<Boolean> told = at.here(taken);
    on(at)
        .execute(() -> {
          if (uris.size() >= MOST_URIS && !uris.contains(uri)) {
            taken.complete(false);
            return;
          }
          uris.add(uri);
          CompletableFuture<Set<String>> renewed = new CompletableFuture<>();
          renewed.whenComplete((honoured, _) -> {
            boolean ours = honoured != null && honoured.contains(uri);
            if (!ours) {
              uris.remove(uri);
            }
            taken.complete(ours);
          });
          renew(renewed);
        });
    return told;
  }

  public void remove(String uri, Upstream at) {
    on(at)
        .execute(() -> {
          if (uris.remove(uri) && current != null) {
            renew(new CompletableFuture<>());
          }
        });
  }

  /** Listens no more. From any thread. */
  public synchronized void close() {
    closed = true;
    Executor mine = loop;
    if (mine != null) {
      mine.execute(() -> {
        Stream open = current;
        current = null;
        if (open != null) {
          open.close();
        }
      });
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

  /** Opens a stream for what is wanted now; the old one is closed once that is acknowledged. */
  private void renew(CompletableFuture<Set<String>> honoured) {
    Upstream at = upstream;
    if (closed || at == null) {
      honoured.complete(Set.of());
      return;
    }
    Stream next = new Stream(at, honoured);
    next.open();
  }

  private void acknowledged(Stream next, boolean again) {
    Stream old = current;
    if (old != null && old.number > next.number) {
      // overtaken by one that was opened after it, for all that this one is for and more
      next.close();
      return;
    }
    current = next;
    failures = 0;
    if (old != null && old != next) {
      old.close();
    }
    if (again) {
      // nobody knows what was missed
      List.of("tools", "prompts", "resources")
          .forEach(
              list -> listener.heard("notifications/" + list + "/list_changed", Optional.empty()));
    }
  }

  private void lost(Stream stream) {
    if (current == stream) {
      current = null;
    }
    Upstream at = upstream;
    if (at != null && current == null && !closed && !waiting) {
      waiting = true;
      long pause = Math.min(LONGEST_PAUSE_MILLIS, 500L << Math.min(6, failures++));
      at.later(
          Duration.ofMillis(pause),
          () -> {
            waiting = false;
            if (current == null && !closed) {
              Stream next = new Stream(at, new CompletableFuture<>());
              next.again = true;
              next.open();
            }
          });
    }
  }

  private Payload request(long number) {
    StringBuilder filter =
        new StringBuilder(
            "{\"toolsListChanged\":true,\"promptsListChanged\":true,\"resourcesListChanged\":true");
    if (!uris.isEmpty()) {
      filter.append(",\"resourceSubscriptions\":").append(JsonValue.write(List.copyOf(uris)));
    }
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":\"turnpike-listen-"
            + number
            + "\",\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":"
            + filter
            + "},\"_meta\":{"
            + identity
            + "}}}");
  }

  /** One subscription at the upstream. */
  private final class Stream implements Receiver {
    private final Upstream at;
    private final CompletableFuture<Set<String>> honoured;
    private final long number = ++numbered;
    private @Nullable Answered answer;
    private boolean shut;
    private boolean again;

    Stream(Upstream at, CompletableFuture<Set<String>> honoured) {
      this.at = at;
      this.honoured = honoured;
    }

    void open() {
      at.send(
              new Outgoing(
                  "POST", ToUpstream.standing("subscriptions/listen"), request(number), false),
              caller)
          .answered()
          .whenComplete((answered, _) -> {
            if (answered == null) {
              gone();
            } else if (shut || closed || answered.status() != 200) {
              answered.cancel();
              gone();
            } else {
              answer = answered;
              answered.read(this);
            }
          });
      at.later(
          at.spec().timeout(),
          () -> {
            if (!honoured.isDone()) {
              close();
              gone();
            }
          });
    }

    void close() {
      shut = true;
      Answered open = answer;
      if (open != null) {
        open.cancel();
      }
    }

    private void gone() {
      honoured.complete(Set.of());
      lost(this);
    }

    @Override
    public void message(Payload json, String eventId) {
      if (shut) {
        return;
      }
      try {
        Told told = Told.read(json, at.name());
        switch (told.message()) {
          case RpcMessage.Notification(var name) -> notice(name, told);
          case RpcMessage.Result _, RpcMessage.Failure _ -> {
            close();
            gone();
          }
          case RpcMessage.Request _ -> {}
        }
      } catch (Refused unreadable) {
        close();
        gone();
      }
    }

    private void notice(String name, Told told) {
      switch (name) {
        case "notifications/subscriptions/acknowledged" -> {
          honoured.complete(named(told));
          acknowledged(this, again);
        }
        case "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed" -> {
          tools.changed(at);
          listener.heard(name, Optional.empty());
        }
        case "notifications/resources/updated" ->
            told.scan()
                .text(Told.URI)
                .filter(uri -> uris.contains(uri) && Uris.plain(uri))
                .ifPresent(uri -> listener.heard(name, Optional.of(uri)));
        default -> {}
      }
    }

    private static Set<String> named(Told told) {
      Set<String> named = new TreeSet<>();
      if (told.scan().type(Told.HONOURED_URIS) == JsonType.ARRAY
          && JsonValue.read(told.scan().part(Told.HONOURED_URIS)) instanceof List<?> list) {
        list.forEach(uri -> named.add(String.valueOf(uri)));
      }
      return named;
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {}

    @Override
    public void ended() {
      if (!shut) {
        shut = true;
        gone();
      }
    }

    @Override
    public void failed(UpstreamFailed failure) {
      ended();
    }
  }
}
