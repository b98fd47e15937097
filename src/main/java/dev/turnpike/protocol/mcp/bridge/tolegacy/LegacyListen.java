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
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.util.LinkedHashMap;
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
    return new Course.Held(reply -> heard.begin(upstream, reply), heard.over, heard::retire);
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
    private Reply.@Nullable EventSink sink;

    Heard(PooledSession opened, Visibility visibility, Executor loop) {
      this.opened = opened;
      this.visibility = visibility;
      this.loop = loop;
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
      sink = reply.stream();
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
      Map<String, Object> honoured = new LinkedHashMap<>();
      if (can.streams()) {
        for (String list : List.of("tools", "prompts", "resources")) {
          if (names.contains("notifications/" + list + "/list_changed")) {
            honoured.put(list + "ListChanged", true);
          }
        }
        List<String> told = uris.stream().filter(can.uris()::contains).toList();
        if (!told.isEmpty()) {
          honoured.put("resourceSubscriptions", told);
        }
      }
      say(
          "notifications/subscriptions/acknowledged",
          "\"notifications\":" + JsonValue.write(honoured) + ",");
    }

    @Override
    public void heard(String name, Optional<String> uri) {
      loop.execute(() -> {
        if (name.equals("notifications/resources/updated")) {
          uri.filter(uris::contains)
              .ifPresent(u -> say(name, "\"uri\":" + JsonValue.write(u) + ","));
        } else if (names.contains(name)) {
          say(name, "");
        }
      });
    }

    private void say(String name, String params) {
      Reply.EventSink open = sink;
      if (open != null && !open.closed()) {
        open.event(
            "",
            Payload.of(
                "{\"jsonrpc\":\"2.0\",\"method\":"
                    + JsonValue.write(name)
                    + ",\"params\":{"
                    + params
                    + "\"_meta\":"
                    + meta()
                    + "}}"));
      }
    }

    private String meta() {
      return "{\"" + Words.META_SUBSCRIPTION + "\":" + asked.id().orElseThrow().lexeme() + "}";
    }

    /** In good order: with its result. */
    void retire() {
      opened.bus().remove(this);
      Reply.EventSink open = sink;
      if (open != null) {
        open.event(
            "",
            Payload.of(
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + asked.id().orElseThrow().lexeme()
                    + ",\"result\":{\"resultType\":\"complete\",\"_meta\":"
                    + meta()
                    + "}}"));
        open.end();
      }
      over.complete(null);
    }
  }
}
