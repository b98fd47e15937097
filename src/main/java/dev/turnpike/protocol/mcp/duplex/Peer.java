package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The other side of one channel: every request is put to it under a number of its own, and what it
 * says is given to the exchange that it belongs to. Thread-safe.
 */
final class Peer implements Channel.Ear {
  private final Channel channel;
  private final boolean shared;
  private final BiConsumer<Peer, UpstreamFailed> closed;
  private final Consumer<Peer> useless;
  private final Pending pending;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Pulse pulse;

  /**
   * @param shared whether sessions of several callers are on it, so that it can ask none of them
   * @param closed told once, when it is over
   * @param useless told where its session could not be opened: whoever keeps it ends it
   */
  Peer(
      Channel.Opener opener,
      boolean shared,
      Ticker ticker,
      BiConsumer<Peer, UpstreamFailed> closed,
      Consumer<Peer> useless) {
    this.pending = new Pending(ticker);
    this.pulse = new Pulse(ticker);
    this.useless = useless;
    this.shared = shared;
    this.closed = closed;
    // what is said before all is ready waits for it
    synchronized (pending) {
      this.channel = opener.open(this);
    }
  }

  /** Puts a request to it. */
  void ask(Asking asking) {
    OptionalLong number = pending.add(asking);
    if (number.isEmpty()) {
      asking.exchange().fail(new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, "has ended"));
      return;
    }
    long wire = number.getAsLong();
    asking.exchange().onLeft(_ -> left(wire, asking));
    if (asking.exchange().over()) {
      // whoever asked has left before there was a peer to ask
      pending.remove(wire);
      unopened(asking);
      return;
    }
    if (asking.probing()) {
      // silence means no
      asking
          .exchange()
          .loop()
          .after(
              Probe.patience(asking.exchange()),
              () -> pending.remove(wire).ifPresent(Probe::unanswered));
    }
    if (!channel.write(asking.request().as(wire)) && pending.remove(wire).isPresent()) {
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
    notification
        .lexeme(Frame.REQUEST_ID)
        .flatMap(id -> pending.find(session, id))
        .ifPresent(wire -> tell(notification.with(Frame.REQUEST_ID, Long.toString(wire))));
  }

  // in the modern era, who closes the stream of an answer does not want it; before, it had to say
  // so
  private void left(long wire, Asking asking) {
    boolean unanswered = pending.remove(wire).isPresent();
    // nobody knows of the session, also where the answer was on its way
    unopened(asking);
    if (unanswered) {
      pending.abandon(wire, asking);
      pulse.missed();
    }
    if (unanswered && asking.modern()) {
      tell(
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                  + wire
                  + "}}"));
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
    return pending.unused();
  }

  /** Whether nothing is waited for, or about to be asked. */
  boolean idle() {
    return pending.idle();
  }

  /** When something was asked or answered last. */
  long usedNanos() {
    return pending.usedNanos();
  }

  /** Somebody is about to ask. */
  void promise() {
    pending.promise();
  }

  /** Whether somebody listens to what it says by itself. */
  boolean heard() {
    return sessions.stream().anyMatch(Session::heard);
  }

  /** Whether sessions of several callers are on it. */
  boolean common() {
    return shared && !sessions.isEmpty();
  }

  boolean over() {
    return pending.over();
  }

  /** Asks it to tell of changes of that resource; whether it does is not waited for. */
  void subscribe(String uri) {
    own("resources/subscribe", "{\"uri\":" + JsonText.quote(uri) + "}");
  }

  void unsubscribe(String uri) {
    own("resources/unsubscribe", "{\"uri\":" + JsonText.quote(uri) + "}");
  }

  private void own(String method, String params) {
    long wire = pending.unheard();
    tell(
        Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + wire
                + ",\"method\":\""
                + method
                + "\",\"params\":"
                + params
                + "}"));
  }

  /** Asks whether it is there where that is in doubt, and has it ended where it does not say so. */
  void prod() {
    if (over()) {
      return;
    }
    switch (pulse.felt(pending.resting())) {
      case SURE -> {}
      case ASK -> own("ping", "{}");
      case GONE -> useless.accept(this);
    }
  }

  CompletionStage<?> close() {
    return channel.close();
  }

  @Override
  public boolean message(Payload json) {
    pulse.heard();
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
            ? pending.remove(wire.getAsLong())
            : nameless ? pending.remove(onlyOne().orElse(-1L)) : Optional.empty();
    asking.ifPresent(known -> {
      if (frame.message() instanceof RpcMessage.Result) {
        // whoever knows the question may not open a session any more
        pending.use();
      }
      known.exchange().answer(OldRevision.raised(known, frame.answering(known.id().lexeme())));
      if (frame.message() instanceof RpcMessage.Failure) {
        unopened(known);
      }
    });
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
      Asking asking = pending.at(token.getAsLong());
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
    Asking asking = wire.isPresent() ? pending.at(wire.getAsLong()) : null;
    if (asking != null && asking.standing()) {
      pending.remove(wire.getAsLong()).ifPresent(known -> known.exchange().end());
    } else if (!shared) {
      pending
          .nearest()
          .ifPresentOrElse(
              exchange -> exchange.say(frame.scan().payload()),
              () -> sessions.forEach(session -> session.say(frame.scan().payload())));
    }
  }

  private void subscription(Frame frame) {
    OptionalLong wire = frame.number(Frame.SUBSCRIPTION);
    Asking asking = wire.isPresent() ? pending.at(wire.getAsLong()) : null;
    if (asking != null) {
      asking.exchange().say(frame.with(Frame.SUBSCRIPTION, asking.id().lexeme()));
    }
  }

  // a log line does not say whose it is: with one call under way there is no doubt
  private void logged(Frame frame) {
    Optional<Long> only = onlyOne();
    if (only.isPresent()) {
      Asking asking = pending.at(only.get());
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
    Optional<Exchange> call = shared ? Optional.empty() : pending.nearest();
    if (call.isPresent()) {
      call.get().say(frame.scan().payload());
    } else if (!shared && !sessions.isEmpty()) {
      sessions.forEach(session -> session.say(frame.scan().payload()));
    } else {
      tell(Said.error(id, McpErrors.METHOD_NOT_FOUND, "Nobody can be asked here: " + method));
    }
  }

  private Optional<Long> onlyOne() {
    return shared && pending.haunted() ? Optional.empty() : pending.onlyOne();
  }

  @Override
  public void closed(UpstreamFailed why) {
    List<Asking> unanswered = pending.end();
    closed.accept(this, why);
    unanswered.forEach(asking -> Probe.failed(asking, why));
    if (!shared) {
      sessions.forEach(Session::end);
    }
  }
}
