package dev.turnpike.demo;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/**
 * One server on one port of the loopback interface. A verticle, so that all it does, its end
 * included, is on one event loop.
 */
final class DemoServer extends AbstractVerticle {
  private static final String HOST = "127.0.0.1";

  private final int wantedPort;
  private final Handler<HttpServerRequest> protocol;
  private final Runnable farewell;
  private @Nullable HttpServer socket;
  private volatile int port;

  /**
   * @param farewell ends what is open, before the port is freed
   */
  DemoServer(int port, Handler<HttpServerRequest> protocol, Runnable farewell) {
    this.wantedPort = port;
    this.protocol = protocol;
    this.farewell = farewell;
  }

  String url() {
    return "http://" + HOST + ":" + port + Entrance.PATH;
  }

  @Override
  public void start(Promise<Void> started) {
    socket =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(wantedPort))
            .requestHandler(protocol);
    socket
        .listen()
        .onSuccess(listening -> {
          port = listening.actualPort();
          started.complete();
        })
        .onFailure(failure -> started.fail(explained(failure)));
  }

  @Override
  public void stop(Promise<Void> stopped) {
    farewell.run();
    if (socket == null) {
      stopped.complete();
    } else {
      socket.close().onComplete(stopped);
    }
  }

  private Throwable explained(Throwable failure) {
    return failure instanceof BindException
        ? new IllegalStateException(
            "port "
                + wantedPort
                + " of "
                + HOST
                + " is taken; end what listens there, or set TURNPIKE_CONFIG to a file of your"
                + " own.",
            failure)
        : failure;
  }
}
