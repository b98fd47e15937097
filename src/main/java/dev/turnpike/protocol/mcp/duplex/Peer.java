package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The other side of one channel: every request is put to it under a number of its own, and what it
 * says is given to the exchange that it belongs to. Thread-safe.
 */
final class Peer implements Channel.Ear {
  private static final int MOST_ABANDONED = 256;

  private final Channel channel;
  private final boolean shared;
  private final BiConsumer<Peer, UpstreamFailed> closed;
  private final Consumer<Peer> useless;
  private final Map<Long, Asking> asked = new LinkedHashMap<>();
  private final Map<Long, Asking> abandoned = new LinkedHashMap<>();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private long numbers;
  private boolean over;
  private boolean used;

  /**
   * @param shared whether sessions of several callers are on it, so that it can ask none of them
   * @param closed told once, when it is over
   * @param useless told where its session could not be opened: whoever keeps it ends it
   */
  Peer(
      Channel.Opener opener,
      boolean shared,
      BiConsumer<Peer, UpstreamFailed> closed,
      Consumer<Peer> useless) {
    this.useless = useless;
    this.shared = shared;
    this.closed = closed;
    // what is said before all is ready waits for it
    synchronized (asked) {
      this.channel = opener.open(this);
    }
  }

  /** Puts a request to it. */
  void ask(Asking asking) {
    long wire;
    synchronized (asked) {
      if (over) {
        asking.exchange().fail(new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, "has ended"));
        return;
      }
      used |= !asking.probing();
      wire = ++numbers;
      asked.put(wire, asking);
    }
    asking.exchange().onLeft(_ -> left(wire));
    if (asking.exchange().over()) {
      // whoever asked has left before there was a peer to ask
      removed(wire);
      return;
    }
    if (asking.probing()) {
      // silence means no
      asking
          .exchange()
          .loop()
          .after(Probe.PATIENCE, () -> removed(wire).ifPresent(Probe::unanswered));
    }
    if (!channel.write(asking.request().as(wire)) && removed(wire).isPresent()) {
      asking
          .exchange()
          .fail(new UpstreamFailed(UpstreamFailed.Kind.SHED, "does not read what it is asked"));
    }
  }

  /** Tells it something that has no answer. */
  void tell(Payload message) {
    channel.write(message);
  }

  /** Tells it that the request of that id is not wanted any more. */
  void cancel(Frame notification, Session session) {
    find(session, notification)
        .ifPresent(wire -> tell(notification.with(Frame.REQUEST_ID, Long.toString(wire))));
  }

  private Optional<Long> find(Session session, Frame notification) {
    Optional<String> id = notification.lexeme(Frame.REQUEST_ID);
    synchronized (asked) {
      return Stream.concat(asked.entrySet().stream(), abandoned.entrySet().stream())
          .filter(entry -> entry.getValue().session().filter(session::equals).isPresent())
          .filter(entry -> id.filter(entry.getValue().id().lexeme()::equals).isPresent())
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  // in the modern era, who closes the stream of an answer does not want it; before, it had to say
  // so
  private void left(long wire) {
    Optional<Asking> asking = removed(wire);
    asking.ifPresent(known -> abandon(wire, known));
    asking.ifPresent(this::unopened);
    if (asking.filter(Asking::modern).isPresent()) {
      tell(
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                  + wire
                  + "}}"));
    }
  }

  // whoever left may still say that the answer is not wanted
  private void abandon(long wire, Asking asking) {
    synchronized (asked) {
      abandoned.put(wire, asking);
      if (abandoned.size() > MOST_ABANDONED) {
        abandoned.remove(abandoned.keySet().iterator().next());
      }
    }
  }

  // a peer that is there for a session alone has nobody where that was not opened
  private void unopened(Asking asking) {
    if (!shared && asking.opening()) {
      useless.accept(this);
    }
  }

  /** Whether the session was not on it before. */
  boolean enter(Session session) {
    return sessions.add(session);
  }

  void leave(Session session) {
    sessions.remove(session);
  }

  /** Whether it has been asked nothing but what it is. */
  boolean unused() {
    synchronized (asked) {
      return !used && !over;
    }
  }

  boolean idle() {
    synchronized (asked) {
      return asked.isEmpty();
    }
  }

  boolean over() {
    synchronized (asked) {
      return over;
    }
  }

  /** Asks it to tell of changes of that resource; whether it does is not waited for. */
  void subscribe(String uri) {
    own("resources/subscribe", uri);
  }

  void unsubscribe(String uri) {
    own("resources/unsubscribe", uri);
  }

  private void own(String method, String uri) {
    long wire;
    synchronized (asked) {
      wire = ++numbers;
    }
    tell(
        Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + wire
                + ",\"method\":\""
                + method
                + "\",\"params\":{\"uri\":"
                + JsonText.quote(uri)
                + "}}"));
  }

  CompletionStage<?> close() {
    return channel.close();
  }

  @Override
  public boolean message(Payload json) {
    if (over()) {
      return true;
    }
    Optional<Frame> read = Frame.told(json);
    if (read.isEmpty()) {
      return false;
    }
    Frame frame = read.get();
    switch (frame.message()) {
      case RpcMessage.Result _ -> answered(frame);
      case RpcMessage.Failure _ -> answered(frame);
      case RpcMessage.Notification(String name) -> noted(name, frame);
      case RpcMessage.Request(RpcId id, String method) -> requested(id, method, frame);
    }
    return true;
  }

  private void answered(Frame frame) {
    OptionalLong wire = frame.number(Frame.ID);
    boolean nameless = !frame.scan().has(Frame.ID);
    Optional<Asking> asking =
        wire.isPresent()
            ? removed(wire.getAsLong())
            : nameless ? removed(onlyOne().orElse(-1L)) : Optional.empty();
    asking.ifPresent(known -> {
      if (frame.message() instanceof RpcMessage.Result) {
        // whoever knows the question may not open a session any more
        use();
      }
      known.exchange().answer(OldRevision.raised(known, frame.answering(known.id().lexeme())));
      if (frame.message() instanceof RpcMessage.Failure) {
        unopened(known);
      }
    });
  }

  private void use() {
    synchronized (asked) {
      used = true;
    }
  }

  private void noted(String name, Frame frame) {
    switch (name) {
      case "notifications/progress" -> progressed(frame);
      case "notifications/cancelled" -> cancelled(frame);
      default -> {
        if (frame.scan().has(Frame.SUBSCRIPTION)) {
          subscription(frame);
        } else if (name.equals("notifications/message")) {
          logged(frame);
        } else {
          outside(name, frame);
        }
      }
    }
  }

  private void progressed(Frame frame) {
    OptionalLong token = frame.number(Frame.TOLD_TOKEN);
    if (token.isPresent()) {
      Asking asking = at(token.getAsLong());
      if (asking != null) {
        asking
            .request()
            .lexeme(Frame.ASKED_TOKEN)
            .ifPresent(own -> asking.exchange().say(frame.with(Frame.TOLD_TOKEN, own)));
      }
    }
  }

  // of its own requests it speaks by their ids; of ours it can only take back a subscription
  private void cancelled(Frame frame) {
    OptionalLong wire = frame.number(Frame.REQUEST_ID);
    Asking asking = wire.isPresent() ? at(wire.getAsLong()) : null;
    if (asking != null && asking.standing()) {
      removed(wire.getAsLong()).ifPresent(known -> known.exchange().end());
    } else if (!shared) {
      nearest()
          .ifPresentOrElse(
              exchange -> exchange.say(frame.scan().payload()),
              () -> sessions.forEach(session -> session.say(frame.scan().payload())));
    }
  }

  private void subscription(Frame frame) {
    OptionalLong wire = frame.number(Frame.SUBSCRIPTION);
    Asking asking = wire.isPresent() ? at(wire.getAsLong()) : null;
    if (asking != null) {
      asking.exchange().say(frame.with(Frame.SUBSCRIPTION, asking.id().lexeme()));
    }
  }

  // a log line does not say whose it is: with one call under way there is no doubt
  private void logged(Frame frame) {
    Optional<Long> only = onlyOne();
    if (only.isPresent()) {
      Asking asking = at(only.get());
      if (asking != null) {
        asking.exchange().say(frame.scan().payload());
      }
    } else if (!shared) {
      sessions.forEach(session -> session.say(frame.scan().payload()));
    }
  }

  private void outside(String name, Frame frame) {
    Optional<String> uri = frame.scan().text(Frame.URI);
    for (Session session : sessions) {
      if (!shared
          || !name.equals("notifications/resources/updated")
          || uri.filter(session::subscribed).isPresent()) {
        session.say(frame.scan().payload());
      }
    }
  }

  private void requested(RpcId id, String method, Frame frame) {
    if (method.equals("ping")) {
      tell(Said.result(id, "{}"));
      return;
    }
    Optional<Exchange> call = shared ? Optional.empty() : nearest();
    if (call.isPresent()) {
      call.get().say(frame.scan().payload());
    } else if (!shared && !sessions.isEmpty()) {
      sessions.forEach(session -> session.say(frame.scan().payload()));
    } else {
      tell(Said.error(id, McpErrors.METHOD_NOT_FOUND, "Nobody can be asked here: " + method));
    }
  }

  /** The call that began last, which a question most likely belongs to. */
  private Optional<Exchange> nearest() {
    synchronized (asked) {
      return asked.values().stream()
          .filter(asking -> !asking.modern())
          .reduce((_, later) -> later)
          .map(Asking::exchange);
    }
  }

  private Optional<Long> onlyOne() {
    synchronized (asked) {
      if (shared && !abandoned.isEmpty()) {
        // it may still be about a call that somebody has left
        return Optional.empty();
      }
      List<Long> calls =
          asked.entrySet().stream()
              .filter(entry -> !entry.getValue().standing())
              .map(Map.Entry::getKey)
              .limit(2)
              .toList();
      return calls.size() == 1 ? Optional.of(calls.getFirst()) : Optional.empty();
    }
  }

  private @Nullable Asking at(long wire) {
    synchronized (asked) {
      return asked.get(wire);
    }
  }

  private Optional<Asking> removed(long wire) {
    synchronized (asked) {
      abandoned.remove(wire);
      return Optional.ofNullable(asked.remove(wire));
    }
  }

  @Override
  public void closed(UpstreamFailed why) {
    List<Asking> unanswered;
    synchronized (asked) {
      over = true;
      unanswered = List.copyOf(asked.values());
      asked.clear();
    }
    closed.accept(this, why);
    unanswered.forEach(asking -> Probe.failed(asking, why));
    if (!shared) {
      sessions.forEach(Session::end);
    }
  }
}
