package dev.turnpike.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads addresses of what Turnpike calls. */
final class Urls {
  private Urls() {}

  /**
   * An absolute http or https URL.
   *
   * @param example for messages
   */
  static Optional<URI> read(Field field, String example) {
    String expected =
        "an absolute http or https URL with a host and without user or fragment, such as "
            + example;
    Optional<String> text = field.text(expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get());
      if (url.getRawUserInfo() != null) {
        field.problem("found a user or password in the URL (not shown), expected " + expected);
        return Optional.empty();
      }
      return usable(url) ? Optional.of(url) : field.mismatch(expected);
    } catch (URISyntaxException broken) {
      return field.mismatch(expected);
    }
  }

  private static boolean usable(URI url) {
    String scheme = url.getScheme();
    return scheme != null
        && List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        && url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= 65_535
        && url.getRawFragment() == null;
  }
}
