package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Relisted;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.CallerSubscription;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code subscriptions/listen} before a legacy upstream: acknowledged with what the upstream can
 * tell, and fed by the session's own stream and subscriptions.
 */
final class LegacyListen implements Dialogue {
  private static final int MOST_URIS = 1_000;

  private final Asked asked;
  private final Call call;
  private final Caller caller;
  private final String upstreamName;
  private final LegacySide side;
  private @Nullable Upstream met;
  private @Nullable PooledSession session;

  LegacyListen(Asked asked, Call call, Caller caller, String upstreamName, LegacySide side) {
    this.asked = asked;
    this.call = call;
    this.caller = caller;
    this.upstreamName = upstreamName;
    this.side = side;
  }

  @Override
  public Call call() {
    return call;
  }

  @Override
  public String upstream() {
    return upstreamName;
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    met = upstream;
    return side.session(upstream, caller, asked).thenAccept(opened -> session = opened);
  }

  @Override
  public Course course(Visibility visibility) {
    Upstream upstream = met;
    PooledSession opened = session;
    if (upstream == null || opened == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    Heard heard = new Heard(opened, visibility, upstream.here());
    return new Course.Held(
        reply -> heard.begin(upstream, reply),
        heard.over,
        heard::retire,
        kinds -> Relisted.notices(kinds).forEach(name -> heard.heard(name, Optional.empty())));
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the stream is Turnpike's own");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.MODERN, asked.id(), call.method(), reply);
  }

  /** One subscription of a caller. On the thread of the exchange, but for what it is told. */
  private final class Heard implements Bus.Listener {
    private final PooledSession opened;
    private final Visibility visibility;
    private final Executor loop;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> uris = new TreeSet<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CallerSubscription told;

    Heard(PooledSession opened, Visibility visibility, Executor loop) {
      this.opened = opened;
      this.visibility = visibility;
      this.loop = loop;
      this.told = new CallerSubscription(asked.id().orElseThrow());
      wanted();
    }

    private void wanted() {
      Map<?, ?> filter =
          asked.scan().type(Asked.FILTER) == JsonType.OBJECT
                  && JsonValue.read(asked.scan().part(Asked.FILTER)) instanceof Map<?, ?> read
              ? read
              : Map.of();
      for (String list : List.of("tools", "prompts", "resources")) {
        if (Boolean.TRUE.equals(filter.get(list + "ListChanged")) && tells(list, "listChanged")) {
          names.add("notifications/" + list + "/list_changed");
        }
      }
      if (filter.get("resourceSubscriptions") instanceof List<?> wanted
          && tells("resources", "subscribe")) {
        wanted.stream()
            .map(String::valueOf)
            .filter(Uris::plain)
            .filter(uri -> visibility.shows(new Target(Target.Kind.RESOURCE, uri)))
            .limit(MOST_URIS)
            .forEach(uris::add);
      }
    }

    private boolean tells(String what, String how) {
      return opened.capabilities().get(what) instanceof Map<?, ?> can
          && Boolean.TRUE.equals(can.get(how));
    }

    void begin(Upstream upstream, Reply reply) {
      told.open(reply);
      reply.onGone(() -> {
        opened.bus().remove(this);
        over.complete(null);
      });
      if (names.isEmpty() && uris.isEmpty()) {
        acknowledge(new Bus.Heard(true, Set.of()));
        return;
      }
      opened.bus().add(this, Set.copyOf(uris), upstream).thenAccept(this::acknowledge);
    }

    private void acknowledge(Bus.Heard can) {
      told.acknowledge(
          List.of("tools", "prompts", "resources").stream()
              .filter(list ->
                  can.streams() && names.contains("notifications/" + list + "/list_changed"))
              .toList(),
          uris.stream().filter(can.uris()::contains).toList());
    }

    @Override
    public void heard(String name, Optional<String> uri) {
      loop.execute(() -> {
        if (name.equals("notifications/resources/updated")) {
          uri.filter(uris::contains).ifPresent(known -> told.tell(name, Optional.of(known)));
        } else if (names.contains(name)) {
          told.tell(name, Optional.empty());
        }
      });
    }

    /** In good order: with its result. */
    void retire() {
      opened.bus().remove(this);
      told.end();
      over.complete(null);
    }
  }
}
