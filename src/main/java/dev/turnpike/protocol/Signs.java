package dev.turnpike.protocol;

import dev.turnpike.exchange.Inbound;
import java.util.List;

/**
 * By what a request is known to be meant for an alpha: by its path, and one of these signs. Data
 * and not code: they are looked at in the stable lane, where nothing of an alpha runs.
 *
 * @param path what its path begins with
 * @param field the header field that names what is asked for; empty: none does
 */
public record Signs(String path, String field, List<Sign> any) {
  public Signs {
    any = List.copyOf(any);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("an alpha would take what is a stable protocol's");
    }
  }

  /** Everything below a path that is the alpha's own. */
  public static Signs below(String path) {
    return new Signs(path, "", List.of(new Sign.Anything()));
  }

  /** Whether the request may be meant for the alpha, by its head: its body is not looked at. */
  public boolean onHead(Inbound inbound) {
    if (!inbound.path().startsWith(path)) {
      return false;
    }
    for (Sign sign : any) {
      if (sign.onHead(inbound)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is, by its head and its body. */
  public boolean onBody(Inbound inbound) {
    return any.stream().anyMatch(sign -> sign.onHead(inbound) && sign.onBody(inbound));
  }

  /** What is asked for, as the field says; empty where it says nothing. */
  public String asked(Inbound inbound) {
    return field.isEmpty() ? "" : inbound.headers().first(field).orElse("").strip();
  }
}
