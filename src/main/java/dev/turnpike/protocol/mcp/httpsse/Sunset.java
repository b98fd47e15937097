package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Reply;

/** Says in a head that this transport is on its way out (RFC 9745, RFC 8594). */
final class Sunset {
  // since the day of 2025-03-26, which has another
  private static final String DEPRECATION = "@1742947200";
  // the earliest day on which a revision may take out what is deprecated
  private static final String SUNSET = "Wed, 28 Jul 2027 00:00:00 GMT";

  private Sunset() {}

  static void on(Reply reply) {
    reply.header("Deprecation", DEPRECATION);
    reply.header("Sunset", SUNSET);
  }
}
