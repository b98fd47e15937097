package dev.turnpike.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.rpc.Payload;
import java.util.Set;

/**
 * By what a request is known to be meant for an alpha. Data and not code: they are looked at in the
 * stable lane, where nothing of an alpha runs.
 *
 * @param path what its path begins with
 * @param field the header field that names what is asked for; empty: the path alone says it
 * @param own values of the field that no stable protocol has
 * @param shared values that a stable protocol has, too: with these the body has to mention the
 *     alpha
 * @param mention what the body then holds, in ASCII
 */
public record Signs(
    String path, String field, Set<String> own, Set<String> shared, String mention) {
  public Signs {
    own = Set.copyOf(own);
    shared = Set.copyOf(shared);
    if (path.isEmpty() || (!shared.isEmpty() && mention.isEmpty())) {
      throw new IllegalArgumentException("an alpha would take what is a stable protocol's");
    }
  }

  /** Everything below a path that is the alpha's own. */
  public static Signs below(String path) {
    return new Signs(path, "", Set.of(), Set.of(), "");
  }

  /** Whether the request is meant for the alpha, by its head: its body is not looked at. */
  public boolean onHead(Inbound inbound) {
    if (!inbound.path().startsWith(path)) {
      return false;
    }
    String value = asked(inbound);
    return field.isEmpty() || own.contains(value) || shared.contains(value);
  }

  /** Whether one with such a head is meant for the alpha by its body, too. */
  public boolean onBody(Inbound inbound) {
    return !shared.contains(asked(inbound)) || mentions(inbound.body());
  }

  /** What is asked for, as the field says; empty where it says nothing. */
  public String asked(Inbound inbound) {
    return field.isEmpty() ? "" : inbound.headers().first(field).orElse("").strip();
  }

  // whoever spells it otherwise is served without the alpha
  private boolean mentions(Payload body) {
    byte[] wanted = mention.getBytes(UTF_8);
    byte[] bytes = body.array();
    int last = body.offset() + body.size() - wanted.length;
    for (int at = body.offset(); at <= last; at++) {
      if (bytes[at] == wanted[0] && holds(bytes, at, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(byte[] bytes, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
