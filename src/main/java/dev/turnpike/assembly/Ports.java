package dev.turnpike.assembly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The ports of the process. The management port is nobody else's: where two servers of one process
 * share a port, Vert.x gives them its connections in turn, and callers would administer.
 */
@ApplicationScoped
class Ports {
  private static final String MANAGEMENT = "quarkus.management.port";
  private static final String HTTP = "quarkus.http.port";
  private static final String HTTPS = "quarkus.http.ssl-port";

  private final int http;
  private final int https;
  private final int management;

  Ports(
      ProcessConfig config,
      @ConfigProperty(name = HTTP, defaultValue = "8080") int http,
      @ConfigProperty(name = HTTPS, defaultValue = "8443") int https,
      @ConfigProperty(name = MANAGEMENT, defaultValue = "9000") int management,
      @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> tls) {
    this.http = http;
    this.https = https;
    this.management = management;
    Map<String, Integer> ofCallers = new LinkedHashMap<>();
    ofCallers.put(HTTP, http);
    if (tls.isPresent()) {
      ofCallers.put(HTTPS, https);
    }
    if (config.identity().workload().equals("proxy-v2")) {
      ofCallers.put("turnpike.proxy-v2.port", config.proxyV2().port());
    }
    ofCallers.forEach(this::isApart);
  }

  /** Port 0 is whichever is free, and another each time. */
  private void isApart(String setting, int port) {
    if (port != 0 && port == management) {
      throw StartRefused.because(
          "%s: must not be that of %s, %d: callers would reach the management port"
              .formatted(MANAGEMENT, setting, port));
    }
  }

  int http() {
    return http;
  }

  /** Whether callers come in by that port, over HTTP or HTTPS. */
  boolean isOfCallers(int port) {
    // where any free port was asked for, Quarkus says in these which it got
    return port != Integer.getInteger(MANAGEMENT, management)
        && (port == Integer.getInteger(HTTP, http) || port == Integer.getInteger(HTTPS, https));
  }
}
