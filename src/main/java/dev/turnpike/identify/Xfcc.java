package dev.turnpike.identify;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code x-forwarded-client-cert}, as Envoy writes it. Strict: one field of one element, each key
 * once, and nothing quoted in what is believed.
 */
final class Xfcc {
  static final String HEADER = "x-forwarded-client-cert";

  private static final int LONGEST = 8 * 1024;
  private static final Set<String> KEYS =
      Set.of("by", "hash", "cert", "chain", "subject", "uri", "dns");

  private Xfcc() {}

  /** What there is of it. */
  sealed interface Read {
    /** Nothing. */
    record Absent() implements Read {}

    /** Something that a proxy which can be trusted never writes. */
    record Broken(Refusal refusal) implements Read {}

    /** Something that is not believed, with a word for it. */
    record Rejected(String reason) implements Read {}

    /** The {@code URI} of the only element, whose {@code By} is the proxy's. */
    record Named(String uri) implements Read {}
  }

  static Read read(Headers headers, String by) {
    List<String> fields = headers.all(HEADER);
    if (fields.size() > 1) {
      return new Read.Broken(new Refusal.Malformed(HEADER + " is given more than once"));
    }
    if (fields.isEmpty()) {
      return new Read.Absent();
    }
    String field = fields.getFirst();
    if (field.length() > LONGEST) {
      return new Read.Broken(
          new Refusal.Malformed(HEADER + " is longer than " + LONGEST + " characters"));
    }
    Optional<Map<String, String>> element = element(field);
    if (element.isEmpty()) {
      return new Read.Rejected("shape");
    }
    if (!by.equals(element.get().get("by"))) {
      return new Read.Rejected("by");
    }
    String uri = element.get().get("uri");
    return uri == null ? new Read.Rejected("uri") : new Read.Named(uri);
  }

  /** The pairs of one element, keys in lower case; empty where it is not exactly one. */
  private static Optional<Map<String, String>> element(String field) {
    Map<String, String> pairs = new HashMap<>();
    int at = 0;
    while (at <= field.length()) {
      int equals = field.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String key = field.substring(at, equals).toLowerCase(Locale.ROOT);
      int end = end(field, equals + 1);
      if (end < 0
          || !KEYS.contains(key)
          || pairs.put(key, field.substring(equals + 1, end)) != null) {
        return Optional.empty();
      }
      at = end + 1;
    }
    return Optional.of(pairs);
  }

  /** Where the value ends that begins there; negative where another element follows it. */
  private static int end(String field, int from) {
    boolean quoted = from < field.length() && field.charAt(from) == '"';
    int at = quoted ? from + 1 : from;
    boolean open = quoted;
    while (at < field.length()) {
      char c = field.charAt(at);
      if (open && c == '\\') {
        at++;
      } else if (c == '"') {
        if (!open) {
          return -1;
        }
        open = false;
      } else if (!open && c == ';') {
        return at;
      } else if (!open && (c == ',' || c == '=' || quoted)) {
        return -1;
      }
      at++;
    }
    return open ? -1 : field.length();
  }
}
