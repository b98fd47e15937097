package dev.turnpike.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final long STALL_MILLIS = 300;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** One stall of 300 ms at 1,000 calls a second: some 300 calls were due meanwhile. */
  @Test
  void aStallIsChargedToEveryCallThatWasDueMeanwhile() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    int port =
        serve(in -> {
          // asked for at once: a body that nobody waits for is thrown away
          Future<Buffer> body = in.body();
          if (seen.incrementAndGet() == 400) {
            vertx.setTimer(STALL_MILLIS, timer -> echo(in, body));
          } else {
            echo(in, body);
          }
        });
    Latency latency = run(port, 1);
    assertThat(latency.bad()).isZero();
    assertThat(latency.nanos().getTotalCount()).isBetween(990L, 1010L);
    long half = STALL_MILLIS * 1_000_000 / 2;
    assertThat(latency.nanos().getCountBetweenValues(half, Long.MAX_VALUE)).isGreaterThan(140);
  }

  @Test
  void anAnswerThatWasNotAskedForIsCounted() throws Exception {
    int port = serve(in -> in.response().setStatusCode(429).end("not now"));
    Latency latency = run(port, 4);
    assertThat(latency.bad()).isEqualTo(latency.nanos().getTotalCount());
  }

  private Latency run(int port, int connections) throws Exception {
    return OpenLoop.run(
        port,
        Collections.nCopies(connections, ToolCall.modern("/mcp", port)),
        1000,
        Duration.ofMillis(100),
        Duration.ofSeconds(1));
  }

  private int serve(Handler<HttpServerRequest> requests) {
    HttpServer server = vertx.createHttpServer().requestHandler(requests);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  /** The call itself begins with its id and is long enough: the generator takes it as an answer. */
  private static void echo(HttpServerRequest in, Future<Buffer> body) {
    body.onSuccess(whole -> in.response().end(whole));
  }
}
