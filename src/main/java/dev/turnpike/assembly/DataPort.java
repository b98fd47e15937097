package dev.turnpike.assembly;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What the data port's HTTP server bounds before a request has a head. */
@ApplicationScoped
class DataPort implements HttpServerOptionsCustomizer {
  static final int STREAMS_PER_CONNECTION = 256;

  private final int header;

  DataPort(ProcessConfig config) {
    this.header = Configuration.bytes("turnpike.limits.header", config.limits().header());
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    bound(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    bound(options);
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
