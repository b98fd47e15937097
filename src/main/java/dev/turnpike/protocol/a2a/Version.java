package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a request (A2A 1.0, section 3.6): in a header field or in the query, and 0.3 where
 * it is in neither.
 */
final class Version {
  /** The field, and the parameter. */
  static final String NAME = "A2A-Version";

  static final String CURRENT = "1.0";

  /** That of requests that name none. */
  static final String UNNAMED = "0.3";

  private static final Pattern PATCHED =
      Pattern.compile("([0-9]{1,3}\\.[0-9]{1,3})(\\.[0-9]{1,6})?");

  private Version() {}

  /**
   * As major and minor, or whatever else was said: nobody serves that. Refused where it is said
   * twice, even where both are the same.
   */
  static String of(Inbound inbound) throws Refused {
    List<String> said = new ArrayList<>(inbound.headers().all(NAME));
    if (said.size() > 1) {
      throw twice();
    }
    List<String> asked = inQuery(inbound.query());
    if (asked.size() > 1) {
      throw twice();
    }
    if (!said.isEmpty()
        && !asked.isEmpty()
        && !minor(said.getFirst()).equals(minor(asked.getFirst()))) {
      throw twice();
    }
    said.addAll(asked);
    String version = said.isEmpty() ? "" : minor(said.getFirst());
    return version.isEmpty() ? UNNAMED : version;
  }

  private static String minor(String said) {
    Matcher patched = PATCHED.matcher(said.strip());
    return patched.matches() ? patched.group(1) : said.strip();
  }

  // names in a query are compared as those of header fields are, so that none is overlooked
  private static List<String> inQuery(String query) throws Refused {
    List<String> values = new ArrayList<>();
    if (query.isEmpty()) {
      return values;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equalsIgnoreCase(NAME)) {
        values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) throws Refused {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Refused(new Refusal.Malformed("the query is not percent-encoded as it should be"));
    }
  }

  private static Refused twice() {
    return new Refused(new Refusal.Malformed(NAME + " is given twice"));
  }
}
