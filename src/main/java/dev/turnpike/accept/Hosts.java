package dev.turnpike.accept;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which Host and Origin are answered. Against DNS rebinding: a page of a foreign site that resolves
 * to this machine still says its own name. Names count, ports do not, unless the list names one.
 */
public final class Hosts {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> origins = new HashSet<>();

  /**
   * @param publicUrl the base of what Turnpike serves: its host and origin are served, and
   *     loopback's
   * @param allowedHosts more hosts, each {@code name} or {@code name:port}
   * @param allowedOrigins more origins, each {@code scheme://host} or {@code scheme://host:port}
   */
  public Hosts(URI publicUrl, Collection<String> allowedHosts, Collection<String> allowedOrigins) {
    hosts.addAll(LOOPBACK);
    LOOPBACK.forEach(name -> {
      origins.add("http://" + name);
      origins.add("https://" + name);
    });
    if (publicUrl.getHost() != null) {
      hosts.add(lower(publicUrl.getHost()));
      origins.add(lower(publicUrl.getScheme() + "://" + publicUrl.getHost()));
    }
    allowedHosts.forEach(host -> hosts.add(lower(host)));
    allowedOrigins.forEach(origin -> origins.add(lower(origin)));
  }

  /** Whether a Host header, or an {@code :authority}, is served. */
  public boolean servesHost(String host) {
    String asked = lower(host);
    return hosts.contains(asked) || hosts.contains(withoutPort(asked));
  }

  /** Whether an Origin header is served; {@code null} as an opaque origin is not. */
  public boolean servesOrigin(String origin) {
    String asked = lower(origin);
    if (origins.contains(asked)) {
      return true;
    }
    try {
      URI uri = new URI(asked);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && origins.contains(uri.getScheme() + "://" + uri.getHost());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    if (colon < 0 || host.endsWith("]")) {
      return host;
    }
    String port = host.substring(colon + 1);
    return !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9')
        ? host.substring(0, colon)
        : host;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
