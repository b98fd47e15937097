package dev.turnpike.load;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Set;

/**
 * The floor: the least that a proxy on this Vert.x can do, in a process of its own. It passes bytes
 * and fields of the head on, and looks at none of them. One instance and one client on each event
 * loop; as many loops as Quarkus gives an application.
 */
final class BareProxy extends AbstractVerticle {
  private static final Set<String> OWN_HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "host", "te", "upgrade");

  private final int originPort;
  private final boolean buffering;

  private BareProxy(int originPort, boolean buffering) {
    this.originPort = originPort;
    this.buffering = buffering;
  }

  /** Arguments: {@code streaming} or {@code buffering}, and the port to pass on to. */
  public static void main(String[] args) {
    boolean buffering = args[0].equals("buffering");
    int port = Integer.parseInt(args[1]);
    int loops = 2 * Runtime.getRuntime().availableProcessors();
    Served.run(() -> new BareProxy(port, buffering), loops);
  }

  @Override
  public void start(Promise<Void> started) {
    HttpClient client = vertx.createHttpClient(options(originPort));
    Served.listen(vertx, in -> pass(in, client), started);
  }

  static HttpClientOptions options(int originPort) {
    return new HttpClientOptions()
        .setDefaultHost("127.0.0.1")
        .setDefaultPort(originPort)
        .setMaxPoolSize(256)
        .setKeepAlive(true)
        .setPipelining(false);
  }

  private void pass(HttpServerRequest in, HttpClient client) {
    RequestOptions options = new RequestOptions().setMethod(in.method()).setURI(in.uri());
    if (buffering) {
      in.body()
          .compose(body ->
              client
                  .request(options)
                  .compose(out -> {
                    copy(in.headers(), out.headers());
                    return out.send(body);
                  })
                  .compose(answer -> answer.body().onSuccess(whole -> end(in, answer, whole))))
          .onFailure(failed -> in.response().setStatusCode(502).end());
    } else {
      in.pause();
      client
          .request(options)
          .compose(out -> stream(in, out))
          .onFailure(failed -> in.response().setStatusCode(502).end());
    }
  }

  private static Future<Void> stream(HttpServerRequest in, HttpClientRequest out) {
    copy(in.headers(), out.headers());
    return out.send(in)
        .compose(answer -> {
          HttpServerResponse back = in.response().setStatusCode(answer.statusCode());
          copy(answer.headers(), back.headers());
          back.setChunked(!answer.headers().contains("content-length"));
          return answer.pipeTo(back);
        });
  }

  private static void end(HttpServerRequest in, HttpClientResponse answer, Buffer whole) {
    HttpServerResponse back = in.response().setStatusCode(answer.statusCode());
    copy(answer.headers(), back.headers());
    back.end(whole);
  }

  static void copy(MultiMap from, MultiMap to) {
    from.forEach((name, value) -> {
      if (!OWN_HOP.contains(name.toLowerCase(Locale.ROOT))) {
        to.add(name, value);
      }
    });
  }
}
