package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A peer for each session, and for each caller without one. Thread-safe. */
final class OwnPeer implements Hosting {
  private final Exchanges exchanges;
  private final Peers peers;
  private final Consumer<Session> ended;
  private final Map<Session, Peer> ofSessions = new ConcurrentHashMap<>();

  /**
   * @param ended told of sessions whose peer has ended by itself
   */
  OwnPeer(Exchanges exchanges, Peers peers, Consumer<Session> ended) {
    this.exchanges = exchanges;
    this.peers = peers;
    this.ended = ended;
  }

  @Override
  public Transport.Try open(Posted posted, Session session, Optional<Caller> caller)
      throws UpstreamFailed {
    Peer peer = peers.fresh(caller, _ -> gone(session));
    ofSessions.put(session, peer);
    peer.enter(session);
    if (peer.over()) {
      gone(session);
    }
    Exchange exchange =
        exchanges.call(posted.outgoing(), Optional.of(session.id()), false, posted.loop());
    peer.ask(new Asking(exchange, posted.frame(), Optional.of(session)));
    return exchange;
  }

  private void gone(Session session) {
    ofSessions.remove(session);
    ended.accept(session);
  }

  @Override
  public Transport.Try ask(Posted posted, Session session, String method) {
    Exchange exchange = exchanges.call(posted.outgoing(), Optional.empty(), false, posted.loop());
    Peer peer = ofSessions.get(session);
    if (peer == null) {
      return Plain.of(404);
    }
    peer.ask(new Asking(exchange, posted.frame(), Optional.of(session)));
    return exchange;
  }

  @Override
  public void tell(Posted posted, Session session) {
    Peer peer = ofSessions.get(session);
    if (peer == null) {
      return;
    }
    if (posted.frame().message() instanceof RpcMessage.Notification(String name)
        && name.equals("notifications/cancelled")) {
      peer.cancel(posted.frame(), session);
    } else {
      peer.tell(posted.outgoing().body());
    }
  }

  @Override
  public Optional<Caller> host(Optional<Caller> caller) {
    return caller;
  }

  // a peer ends with its session
  @Override
  public void sweep() {}

  @Override
  public void leave(Session session) {
    Peer peer = ofSessions.remove(session);
    if (peer != null) {
      peers.end(peer);
    }
  }
}
