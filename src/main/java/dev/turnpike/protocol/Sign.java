package dev.turnpike.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One way in which a request shows that it is meant for an alpha. */
public sealed interface Sign {
  /** Whether the head of the request allows for it. */
  boolean onHead(Inbound inbound);

  /** Whether the body of a request with such a head shows it, too. */
  boolean onBody(Inbound inbound);

  /**
   * Header fields with one of these values each, and a body that holds all of these words.
   *
   * @param fields the empty value stands for a field that is absent
   * @param words in ASCII, as they are spelt; whoever spells them otherwise is served without the
   *     alpha
   * @param plain whether the request has no query
   */
  record Says(Map<String, Set<String>> fields, List<String> words, boolean plain) implements Sign {
    /** With a query or without. */
    public Says(Map<String, Set<String>> fields, List<String> words) {
      this(fields, words, false);
    }

    public Says {
      fields = Map.copyOf(fields);
      words = List.copyOf(words);
      if (fields.isEmpty() && words.isEmpty()) {
        throw new IllegalArgumentException("an alpha would take what is a stable protocol's");
      }
    }

    @Override
    public boolean onHead(Inbound inbound) {
      if (plain && !inbound.query().isEmpty()) {
        return false;
      }
      // asked for every request: without a stream
      for (Map.Entry<String, Set<String>> field : fields.entrySet()) {
        if (!field.getValue().contains(said(inbound, field.getKey()))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean onBody(Inbound inbound) {
      return words.stream().allMatch(word -> holds(inbound.body(), word.getBytes(US_ASCII)));
    }

    private static boolean holds(Payload body, byte[] wanted) {
      byte[] bytes = body.array();
      int last = body.offset() + body.size() - wanted.length;
      for (int at = body.offset(); at <= last; at++) {
        if (bytes[at] == wanted[0] && matches(bytes, at, wanted)) {
          return true;
        }
      }
      return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
      for (int i = 1; i < wanted.length; i++) {
        if (bytes[at + i] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** A header field that begins so: what the alpha itself has given out. */
  record Begins(String field, String prefix) implements Sign {
    public Begins {
      if (prefix.isEmpty()) {
        throw new IllegalArgumentException("an alpha would take what is a stable protocol's");
      }
    }

    @Override
    public boolean onHead(Inbound inbound) {
      return said(inbound, field).startsWith(prefix);
    }

    @Override
    public boolean onBody(Inbound inbound) {
      return true;
    }
  }

  /** Any request whatever. */
  record Anything() implements Sign {
    @Override
    public boolean onHead(Inbound inbound) {
      return true;
    }

    @Override
    public boolean onBody(Inbound inbound) {
      return true;
    }
  }

  private static String said(Inbound inbound, String field) {
    return inbound.headers().first(field).orElse("").strip();
  }
}
