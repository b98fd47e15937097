package dev.turnpike.assembly;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** What the data port's HTTP server bounds before a request has a head. */
@ApplicationScoped
class DataPort implements HttpServerOptionsCustomizer {
  static final int STREAMS_PER_CONNECTION = 256;

  // as quarkus.http.* has them for the data port
  private static final int LONGEST_LINE = 8_192;
  private static final int IDLE_SECONDS = 120;

  private static final String MTLS = "mtls";

  private final int header;
  private final boolean mutual;
  private final ClientAuth clients;

  DataPort(ProcessConfig config) {
    this.header = Configuration.bytes("turnpike.limits.header", config.limits().header());
    this.mutual = config.identity().workload().equals(MTLS);
    this.clients =
        config
            .tls()
            .clientAuth()
            .map(DataPort::clientAuth)
            .orElse(mutual ? ClientAuth.REQUEST : ClientAuth.NONE);
  }

  private static ClientAuth clientAuth(String word) {
    return switch (word) {
      case "none" -> ClientAuth.NONE;
      case "request" -> ClientAuth.REQUEST;
      case "required" -> ClientAuth.REQUIRED;
      default ->
          throw StartRefused.because(
              "turnpike.tls.client-auth: expected none, request or required, found '" + word + "'");
    };
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    bound(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    bound(options);
    options.setClientAuth(clients);
    if (mutual) {
      options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }
  }

  /** For another listener that takes the same. */
  HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions().setMaxInitialLineLength(LONGEST_LINE).setIdleTimeout(IDLE_SECONDS);
    bound(options);
    return options;
  }

  private void bound(HttpServerOptions options) {
    Http2Settings settings =
        options.getInitialSettings() == null ? new Http2Settings() : options.getInitialSettings();
    options
        .setMaxHeaderSize(header)
        .setInitialSettings(
            settings.setMaxHeaderListSize(header).setMaxConcurrentStreams(STREAMS_PER_CONNECTION));
  }
}
