package dev.turnpike.exchange;

import dev.turnpike.rpc.Payload;

/**
 * One request as it came off the wire: a head to choose by, and a body nobody has parsed yet.
 *
 * @param method the HTTP method, in upper case
 * @param path the path, undecoded, without the query
 * @param query what follows the path, undecoded, without the question mark; may be empty
 * @param body whole and within {@code turnpike.limits.body}
 * @param peer what the connection proves
 */
public record Inbound(
    String method, String path, String query, Headers headers, Payload body, Peer peer) {
  /** Of which nothing could be read. */
  public static final Inbound NONE = new Inbound("", "", Headers.NONE, Payload.EMPTY);

  /** Without a query, over a connection that proves nothing. */
  public Inbound(String method, String path, Headers headers, Payload body) {
    this(method, path, "", headers, body, Peer.UNKNOWN);
  }

  /** The same with another body. */
  public Inbound holding(Payload other) {
    return new Inbound(method, path, query, headers, other, peer);
  }

  /** The same, asked for in another way. */
  public Inbound asked(String otherMethod, Headers others, Payload other) {
    return new Inbound(otherMethod, path, query, others, other, peer);
  }
}
