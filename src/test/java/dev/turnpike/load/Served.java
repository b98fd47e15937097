package dev.turnpike.load;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What the servers of the profile have in common: an HTTP server on a free loopback port, which is
 * told on the standard output once it is open, and an end as soon as the standard input ends, so
 * that none outlives the profile whatever becomes of it.
 */
final class Served {
  private static final AtomicInteger PORT = new AtomicInteger();

  private Served() {}

  /** Runs {@code loops} instances on as many event loops, until the standard input ends. */
  static void run(Supplier<Verticle> verticle, int loops) {
    run(verticle, loops, ThreadingModel.EVENT_LOOP);
  }

  /** The same, but with a virtual thread for each request. */
  static void runOnVirtualThreads(Supplier<Verticle> verticle, int loops) {
    run(verticle, loops, ThreadingModel.VIRTUAL_THREAD);
  }

  private static void run(Supplier<Verticle> verticle, int loops, ThreadingModel model) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    vertx
        .deployVerticle(
            verticle, new DeploymentOptions().setInstances(loops).setThreadingModel(model))
        .onSuccess(all -> System.out.println(PORT.get()))
        .onFailure(failed -> {
          failed.printStackTrace();
          System.exit(1);
        });
    try {
      while (System.in.read() >= 0) {
        // only the end is of interest
      }
    } catch (IOException gone) {
      // the same as the end
    }
    System.exit(0);
  }

  /** Opens this instance's server. Any negative port is one free port that all instances share. */
  static void listen(Vertx vertx, Handler<HttpServerRequest> requests, Promise<Void> started) {
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(-1))
        .requestHandler(requests)
        .listen()
        .onSuccess(server -> PORT.set(server.actualPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }
}
