package dev.turnpike.assembly;

import dev.turnpike.accept.ProxyHeaderReader;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The listener of mode {@code proxy-v2}: on loopback, where only the mesh's proxy of this pod
 * comes, and every connection begins with its header.
 */
final class ProxyPort implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("turnpike.identity");

  private final int port;
  private final List<HttpServer> servers = new ArrayList<>();

  ProxyPort(int port) {
    this.port = port;
  }

  /** Whether the connection came in here; then its header is taken from it. */
  boolean takes(Channel channel) {
    boolean ours =
        channel.localAddress() instanceof InetSocketAddress here && here.getPort() == port;
    if (ours) {
      ProxyHeaderReader.begin(
          channel, why -> LOG.warnf("a connection to port %d is closed: its header %s", port, why));
    }
    return ours;
  }

  /** Begins to listen, on every event loop. Blocks. */
  void open(Vertx vertx, HttpServerOptions options, Consumer<HttpServerRequest> door) {
    options.setHost("127.0.0.1").setPort(port);
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        HttpServer server = vertx.createHttpServer(options).requestHandler(door::accept);
        server.listen().toCompletionStage().toCompletableFuture().join();
        servers.add(server);
      }
    } catch (CompletionException taken) {
      throw StartRefused.because(
          "turnpike.proxy-v2.port: cannot listen on 127.0.0.1:"
              + port
              + " ("
              + taken.getCause()
              + ")");
    }
  }

  @Override
  public void close() {
    servers.forEach(HttpServer::close);
  }
}
