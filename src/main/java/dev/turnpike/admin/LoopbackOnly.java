package dev.turnpike.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who is on this machine, speaks to it by a name of this machine, and was not forwarded.
 */
public final class LoopbackOnly implements Guard {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip");
  private static final String HELP =
      " To administer from elsewhere set turnpike.admin.token-file, and send its token.";

  @Override
  public Future<Entry> check(HttpServerRequest request, Act act) {
    return Future.succeededFuture(
        rebuff(request)
            .<Entry>map(why -> new Entry.Rebuff(403, why + HELP, ""))
            .orElseGet(() -> new Entry.Admitted("this machine")));
  }

  private static Optional<String> rebuff(HttpServerRequest request) {
    if (!isLoopback(request.connection().remoteAddress())) {
      return Optional.of("The admin API answers this machine only.");
    }
    Optional<String> forwarding =
        request.headers().names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> FORWARDING.contains(name) || name.startsWith("x-forwarded-"))
            .findFirst();
    if (forwarding.isPresent()) {
      return Optional.of(
          "The admin API answers no request that was forwarded (" + forwarding.get() + ").");
    }
    if (!namesThisMachine(request)) {
      return Optional.of("The admin API answers to localhost, 127.0.0.1 and [::1] only (Host).");
    }
    List<String> origins = request.headers().getAll("Origin");
    return origins.stream().allMatch(LoopbackOnly::isLocal)
        ? Optional.empty()
        : Optional.of("The admin API answers no page of another site (Origin).");
  }

  /** The address of the connection itself: what a header says about it is not asked. */
  private static boolean isLoopback(@Nullable SocketAddress peer) {
    String address = peer == null ? null : peer.hostAddress();
    if (address == null) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static boolean namesThisMachine(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || !NAMES.contains(authority.host().toLowerCase(Locale.ROOT))) {
      return false;
    }
    List<String> hosts = request.headers().getAll("Host");
    return hosts.size() <= 1 && hosts.stream().allMatch(host -> isLocal("http://" + host));
  }

  private static boolean isLocal(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null && NAMES.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAUrl) {
      return false;
    }
  }
}
