package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.upstream.Loop;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.Optional;

/** Which peer serves whom. */
interface Hosting {
  /** A message together with what it came in. */
  record Posted(Outgoing outgoing, Frame frame, Loop loop) {}

  /** {@code initialize}: opens the session. */
  Transport.Try open(Posted posted, Session session, Optional<Caller> caller) throws UpstreamFailed;

  /** A request in a session. */
  Transport.Try ask(Posted posted, Session session, String method) throws UpstreamFailed;

  /** A notification or an answer in a session. */
  void tell(Posted posted, Session session);

  /** Whose peer a modern request goes to. */
  Optional<Caller> host(Optional<Caller> caller);

  /** Ends what is of no use any more. */
  void sweep();

  /** The session is over. */
  void leave(Session session);
}
