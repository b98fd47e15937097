package dev.turnpike.protocol.mcp.federation;

import java.util.Optional;

/**
 * A URI that two upstreams have, as the endpoint shows that of the second: it says whose it is, and
 * the URI stands in it as it was.
 */
final class Wrapped {
  private static final String SCHEME = "turnpike:";

  private Wrapped() {}

  static String of(String upstream, String uri) {
    return SCHEME + upstream + ":" + uri;
  }

  /** Whether a URI begins as those do that are made here. */
  static boolean looksSo(String uri) {
    return uri.startsWith(SCHEME);
  }

  /** What the upstream calls it, where it was made of one of that upstream's. */
  static Optional<String> inside(String upstream, String uri) {
    String front = SCHEME + upstream + ":";
    return uri.startsWith(front) ? Optional.of(uri.substring(front.length())) : Optional.empty();
  }
}
