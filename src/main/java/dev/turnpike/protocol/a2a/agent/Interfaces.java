package dev.turnpike.protocol.a2a.agent;

import dev.turnpike.config.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where an agent is spoken to, of what its card offers (A2A 1.0, section 8.3). A card is
 * written by somebody else: only the origins that an administrator has named are called, that of
 * the card itself among them.
 */
final class Interfaces {
  /** The version that cards are asked for in. */
  static final String VERSION = "1.0";

  private static final List<String> VERSIONS = List.of(VERSION, "0.3");

  private static final String BINDING = "JSONRPC";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Reach.Card reach;

  Interfaces(Reach.Card reach) {
    this.reach = reach;
  }

  /** One interface that a card offers. */
  record Offer(URI url, String version, String tenant) {}

  /** The first that can be called, in the newest version; says why there is none. */
  Offer choose(Map<String, Object> card) throws UnusableCard {
    boolean elsewhere = false;
    for (String version : VERSIONS) {
      for (Map<?, ?> offered : offered(card)) {
        if (spoken(offered, version)) {
          Optional<URI> url = url(text(offered.get("url")));
          Optional<URI> judged = url.flatMap(this::judged);
          if (judged.isPresent()) {
            return new Offer(judged.get(), version, text(offered.get("tenant")));
          }
          elsewhere |= url.isPresent();
        }
      }
    }
    throw new UnusableCard(
        elsewhere
            ? "has a card that sends callers to another origin, which its configuration does not"
                + " name"
            : "has a card without an interface for JSON-RPC in A2A "
                + String.join(" or ", VERSIONS));
  }

  // a card of 0.3 names its own first, and others beside it (A2A 0.3.0, section 5.5)
  private static List<Map<?, ?>> offered(Map<String, Object> card) {
    List<Map<?, ?>> all = new ArrayList<>(objects(card.get("supportedInterfaces")));
    String version = text(card.get("protocolVersion"));
    if (!version.isEmpty()) {
      String preferred = text(card.get("preferredTransport"));
      all.add(old(card.get("url"), preferred.isEmpty() ? BINDING : preferred, version));
      for (Map<?, ?> one : objects(card.get("additionalInterfaces"))) {
        all.add(old(one.get("url"), text(one.get("transport")), version));
      }
    }
    return all;
  }

  private static Map<String, Object> old(@Nullable Object url, String binding, String version) {
    return Map.of("url", text(url), "protocolBinding", binding, "protocolVersion", version);
  }

  private static List<Map<?, ?>> objects(@Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (value instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static boolean spoken(Map<?, ?> offered, String wanted) {
    String version = text(offered.get("protocolVersion"));
    return text(offered.get("protocolBinding")).equals(BINDING)
        && (version.equals(wanted) || version.startsWith(wanted + "."));
  }

  private Optional<URI> judged(URI url) {
    String origin = Reach.origin(url);
    if (origin.equals(Reach.origin(reach.url())) || reach.origins().contains(origin)) {
      return Optional.of(url);
    }
    // an agent on this machine has several names for itself
    return url.getHost() != null
            && LOOPBACK.contains(url.getHost())
            && LOOPBACK.contains(reach.url().getHost())
            && port(origin).equals(port(Reach.origin(reach.url())))
        ? Optional.of(reach.url().resolve(url.getRawPath() + query(url)))
        : Optional.empty();
  }

  // scheme and port, since neither may differ
  private static String port(String origin) {
    return origin.substring(0, origin.indexOf(':')) + origin.substring(origin.lastIndexOf(':'));
  }

  private static String query(URI url) {
    return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean plain =
          url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return plain && http ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
