package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Loop;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The way to an upstream whose every peer is one channel. Thread-safe. */
public final class Duplex implements Transport {
  private static final int ID_BYTES = 16;

  private final Exchanges exchanges;
  private final Peers peers;
  private final Hosting hosting;
  private final Runnable last;
  private final RandomGenerator random;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * What a way is made of.
   *
   * @param opener of the channels
   * @param shared whether one peer is there for all, or one for each session and caller
   * @param most channels at once
   * @param messageLimit bytes of one message
   * @param called in which revisions upstreams are called
   * @param last what is left to do when the last channel is over
   */
  public record Parts(
      Channel.Opener opener,
      boolean shared,
      int most,
      int messageLimit,
      Called called,
      Runnable last) {}

  /**
   * @param random of session ids, which nobody may guess
   */
  public Duplex(UpstreamSpec spec, Parts parts, Ticker ticker, RandomGenerator random) {
    this.exchanges = new Exchanges(spec, parts.messageLimit());
    this.peers = new Peers(parts.opener(), parts.shared(), parts.most(), ticker);
    this.hosting =
        parts.shared()
            ? new SharedPeer(
                exchanges,
                peers,
                revision -> parts.called().calls(revision, spec.name()),
                session -> sessions.remove(session.id()))
            : new OwnPeer(exchanges, peers, session -> sessions.remove(session.id()));
    this.last = parts.last();
    this.random = random;
  }

  @Override
  public Try begin(Outgoing outgoing, Optional<Caller> caller, Loop loop) {
    Optional<String> id =
        outgoing.fields().stream()
            .filter(field -> field.name().equalsIgnoreCase(Words.HEADER_SESSION))
            .map(Field::value)
            .findFirst();
    Optional<Session> session = id.map(sessions::get);
    if (id.isPresent() && session.isEmpty()) {
      return Plain.of(404);
    }
    try {
      return switch (outgoing.method()) {
        case "POST" -> posted(outgoing, session, caller, loop);
        case "GET" -> session.map(known -> listening(known, loop)).orElseGet(() -> Plain.of(405));
        case "DELETE" -> session.map(this::ended).orElseGet(() -> Plain.of(405));
        default -> Plain.of(405);
      };
    } catch (UpstreamFailed failure) {
      return Plain.failed(failure);
    }
  }

  private Try posted(
      Outgoing outgoing, Optional<Session> session, Optional<Caller> caller, Loop loop)
      throws UpstreamFailed {
    Optional<Frame> frame = Frame.read(outgoing.body());
    if (frame.isEmpty()) {
      return Plain.of(400);
    }
    Hosting.Posted posted = new Hosting.Posted(outgoing, frame.get(), loop);
    return switch (frame.get().message()) {
      case RpcMessage.Request(_, String method) when method.equals("initialize") ->
          opening(posted, caller);
      case RpcMessage.Request(_, String method) ->
          session.isPresent()
              ? hosting.ask(posted, session.get(), method)
              : asked(posted, caller, method);
      case RpcMessage.Notification _, RpcMessage.Result _, RpcMessage.Failure _ -> {
        session.ifPresent(known -> hosting.tell(posted, known));
        yield Plain.of(202);
      }
    };
  }

  private Try opening(Hosting.Posted posted, Optional<Caller> caller) throws UpstreamFailed {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    Session session = new Session(HexFormat.of().formatHex(bytes));
    sessions.put(session.id(), session);
    try {
      return hosting.open(posted, session, caller);
    } catch (UpstreamFailed failure) {
      sessions.remove(session.id());
      throw failure;
    }
  }

  private Try asked(Hosting.Posted posted, Optional<Caller> caller, String method)
      throws UpstreamFailed {
    Peer peer = peers.of(hosting.host(caller));
    Exchange exchange =
        exchanges.call(
            posted.outgoing(),
            Optional.empty(),
            method.equals("subscriptions/listen"),
            posted.loop());
    peer.ask(new Asking(exchange, posted.frame(), Optional.empty()));
    return exchange;
  }

  private Try listening(Session session, Loop loop) {
    Exchange exchange = exchanges.stream(loop);
    session.listen(exchange);
    return exchange;
  }

  private Try ended(Session session) {
    sessions.remove(session.id());
    hosting.leave(session);
    session.end();
    return Plain.of(200);
  }

  @Override
  public int open() {
    return exchanges.open();
  }

  @Override
  public void sweep() {
    hosting.sweep();
    peers.sweep();
  }

  @Override
  public CompletionStage<?> close() {
    return peers.close().whenComplete((_, _) -> last.run());
  }
}
