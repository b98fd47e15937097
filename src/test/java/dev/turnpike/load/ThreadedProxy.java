package dev.turnpike.load;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;

/**
 * The buffering proxy once more, written as blocking code on a virtual thread for each request:
 * what that costs, with all else equal.
 */
final class ThreadedProxy extends AbstractVerticle {
  private final int originPort;

  private ThreadedProxy(int originPort) {
    this.originPort = originPort;
  }

  /** Argument: the port to pass on to. */
  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Served.runOnVirtualThreads(
        () -> new ThreadedProxy(port), 2 * Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void start(Promise<Void> started) {
    HttpClient client = vertx.createHttpClient(BareProxy.options(originPort));
    Served.listen(vertx, in -> pass(in, client), started);
  }

  private static void pass(HttpServerRequest in, HttpClient client) {
    try {
      Buffer body = Future.await(in.body());
      HttpClientRequest out =
          Future.await(
              client.request(new RequestOptions().setMethod(in.method()).setURI(in.uri())));
      BareProxy.copy(in.headers(), out.headers());
      HttpClientResponse answer = Future.await(out.send(body));
      Buffer whole = Future.await(answer.body());
      HttpServerResponse back = in.response().setStatusCode(answer.statusCode());
      BareProxy.copy(answer.headers(), back.headers());
      back.end(whole);
    } catch (RuntimeException failed) {
      in.response().setStatusCode(502).end();
    }
  }
}
