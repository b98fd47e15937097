package dev.turnpike.upstream.events;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where an address that a server names may lead (2024-11-05, HTTP with SSE). */
final class Origins {
  private Origins() {}

  /** The address, resolved; empty where it is none, or of another origin than the stream. */
  static Optional<URI> within(URI stream, String named) {
    try {
      URI address = stream.resolve(new URI(named.strip()));
      return address.getRawUserInfo() == null
              && address.getHost() != null
              && scheme(stream).equals(scheme(address))
              && stream.getHost().equalsIgnoreCase(address.getHost())
              && port(stream) == port(address)
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return scheme(url).equals("https") ? 443 : 80;
  }
}
