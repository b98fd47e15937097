package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which revisions are served to whom. What is not served gets the answer of a revision that nobody
 * knows. Asked when a session, a stream or a request without a session is let in.
 */
@FunctionalInterface
public interface Served {
  /** Every released revision, and not the transport before them. */
  Served RELEASED = (revision, _, _) -> !revision.equals(Revisions.HTTP_SSE);

  /**
   * Whether it is served there.
   *
   * @param revision one of {@link Revisions}, or {@link Revisions#HTTP_SSE}
   * @param endpoint the name of the endpoint; empty: anywhere
   */
  boolean serves(String revision, Caller caller, String endpoint);

  /** Those with sessions, newest first. */
  default List<String> legacy(Caller caller, String endpoint) {
    return of(Revisions.LEGACY_ALL, caller, endpoint);
  }

  /** Those without sessions, newest first. */
  default List<String> modern(Caller caller, String endpoint) {
    return of(Revisions.MODERN_ALL, caller, endpoint);
  }

  /** All of them, newest first. */
  default List<String> all(Caller caller, String endpoint) {
    return Stream.concat(modern(caller, endpoint).stream(), legacy(caller, endpoint).stream())
        .toList();
  }

  private List<String> of(List<String> revisions, Caller caller, String endpoint) {
    return revisions.stream().filter(one -> serves(one, caller, endpoint)).toList();
  }

  /** The revision is not spoken here; these are. */
  static Refused unsupported(String requested, List<String> supported) {
    return new Refused(
        new Refusal.ProtocolRule(
            400,
            McpErrors.UNSUPPORTED_VERSION,
            "Unsupported protocol version; this endpoint speaks " + String.join(", ", supported),
            Map.of("supported", supported, "requested", requested)));
  }
}
