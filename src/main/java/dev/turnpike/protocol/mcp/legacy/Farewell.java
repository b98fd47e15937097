package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.session.Session;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;

/** Tells an upstream that its session is over. Whether it hears that is its own affair. */
public final class Farewell {
  private Farewell() {}

  public static void say(Upstream upstream, Session session) {
    if (session.upstreamSession().isPresent() && session.upstream().equals(upstream.address())) {
      upstream.send(ToUpstream.link(session).end()).answered().thenAccept(Answered::finish);
    }
  }
}
