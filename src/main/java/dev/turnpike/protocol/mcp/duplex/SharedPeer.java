package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Loop;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One peer for all sessions, and one for all callers without one. What is a session's alone is kept
 * here: the peer is told of one session only. Thread-safe.
 */
final class SharedPeer implements Hosting {
  private final Exchanges exchanges;
  private final Peers peers;
  private final Consumer<Session> ended;
  private final Common common;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  /**
   * @param called whether the upstream is called in a revision
   * @param ended told of sessions that could not be opened
   */
  SharedPeer(Exchanges exchanges, Peers peers, Predicate<String> called, Consumer<Session> ended) {
    this.common = new Common(called);
    this.ended = ended;
    this.exchanges = exchanges;
    this.peers = peers;
  }

  @Override
  public Transport.Try open(Posted posted, Session session, Optional<Caller> caller) {
    Exchange exchange =
        exchanges.call(posted.outgoing(), Optional.of(session.id()), false, posted.loop());
    String id = id(posted.frame()).lexeme();
    sessions.add(session);
    exchange.onLeft(_ -> forget(session));
    opened(posted.loop(), exchange, there -> exchange.answer(there.to(posted.frame(), id)))
        .whenComplete((there, _) -> {
          if (there == null || !there.agreed()) {
            forget(session);
          }
        });
    return exchange;
  }

  private void forget(Session session) {
    ended.accept(session);
    leave(session);
  }

  /** Does it with the session that there is; where there can be none, the exchange fails. */
  private CompletableFuture<Common.Opened> opened(
      Loop loop, Exchange exchange, Consumer<Common.Opened> then) {
    return common
        .opened(
            new Common.Beginning() {
              @Override
              public Exchange exchange() {
                return exchanges.own(loop);
              }

              @Override
              public Peer peer() throws UpstreamFailed {
                return peers.fresh(Optional.empty(), _ -> {});
              }

              @Override
              public void end(Peer peer) {
                peers.end(peer);
              }
            })
        .whenComplete((there, failure) -> {
          if (there != null) {
            rejoin(there.peer());
            then.accept(there);
          } else {
            exchange.fail(told(failure));
          }
        });
  }

  private static UpstreamFailed told(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof UpstreamFailed known
        ? known
        : new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, "did not open a session");
  }

  // a peer that takes the place of one that ended knows nothing of the sessions yet
  private void rejoin(Peer peer) {
    for (Session session : sessions) {
      if (peer.enter(session)) {
        session.uris().forEach(peer::subscribe);
      }
      if (!sessions.contains(session)) {
        // it has left meanwhile
        peer.leave(session);
      }
    }
  }

  @Override
  public Transport.Try ask(Posted posted, Session session, String method) {
    Exchange exchange = exchanges.call(posted.outgoing(), Optional.empty(), false, posted.loop());
    Asking asking = new Asking(exchange, posted.frame(), Optional.of(session));
    Optional<String> uri = posted.frame().scan().text(Frame.URI);
    switch (method) {
      case "logging/setLevel" -> exchange.answer(notOffered(asking.id(), method));
      case "resources/subscribe" -> {
        uri.ifPresent(session::subscribe);
        opened(posted.loop(), exchange, there -> there.peer().ask(asking));
      }
      case "resources/unsubscribe" -> {
        uri.ifPresent(session::unsubscribe);
        if (uri.filter(this::subscribed).isPresent()) {
          exchange.answer(Said.result(asking.id(), "{}"));
        } else {
          opened(posted.loop(), exchange, there -> there.peer().ask(asking));
        }
      }
      default -> opened(posted.loop(), exchange, there -> there.peer().ask(asking));
    }
    return exchange;
  }

  private boolean subscribed(String uri) {
    return sessions.stream().anyMatch(session -> session.subscribed(uri));
  }

  @Override
  public void tell(Posted posted, Session session) {
    if (posted.frame().message() instanceof RpcMessage.Notification(String name)
        && name.equals("notifications/cancelled")) {
      common.now().ifPresent(peer -> peer.cancel(posted.frame(), session));
    }
    // of all else the peer has been told once, or asked nothing
  }

  @Override
  public Optional<Caller> host(Optional<Caller> caller) {
    return Optional.empty();
  }

  @Override
  public void sweep() {
    common.sweep(peers::end);
  }

  @Override
  public void leave(Session session) {
    sessions.remove(session);
    common
        .now()
        .ifPresent(peer -> {
          peer.leave(session);
          session.uris().stream().filter(uri -> !subscribed(uri)).forEach(peer::unsubscribe);
        });
  }

  private static RpcId id(Frame frame) {
    return ((RpcMessage.Request) frame.message()).id();
  }

  private static Payload notOffered(RpcId id, String method) {
    return Said.error(
        id, McpErrors.METHOD_NOT_FOUND, "Not offered by a process that is shared: " + method);
  }
}
