package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that speak HTTP/2 from the first byte, all on one connection. */
class Http2Test extends OwnRoad {
  private static final long CANCEL = 8;

  private final Vertx vertx = Vertx.vertx();
  private final Set<HttpConnection> connections = new HashSet<>();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false)
              .setHttp2MaxPoolSize(1));

  @AfterEach
  void leave() {
    done(client.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return done(future.toCompletionStage().toCompletableFuture());
  }

  private static <T> T done(CompletableFuture<T> future) {
    return future.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private HttpClientRequest request(RawRequest raw) {
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(road.port())
            .setMethod(HttpMethod.valueOf(raw.method()))
            .setURI(raw.path());
    for (String line : raw.without("Host").fields().lines()) {
      int colon = line.indexOf(':');
      options.addHeader(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    HttpClientRequest request = done(client.request(options));
    request.exceptionHandler(_ -> {});
    request.connection().exceptionHandler(_ -> {});
    connections.add(request.connection());
    return request;
  }

  private Future<HttpClientResponse> sent(RawRequest raw) {
    return request(raw).send(Buffer.buffer(raw.body().copy()));
  }

  // the body is asked for on the client's own loop: elsewhere it may be gone by already
  private String text(RawRequest raw) {
    return done(
        sent(raw)
            .compose(response -> response.body().map(body -> response.statusCode() + " " + body)));
  }

  private String served(int id) {
    return "200 " + Scripts.RESULT.replace("$id", Integer.toString(id));
  }

  /** What comes of a stream, until it ends or breaks off. */
  private static final class Stream {
    final StringBuffer text = new StringBuffer();
    final CompletableFuture<String> over = new CompletableFuture<>();

    Stream(HttpClientResponse response) {
      response.handler(chunk -> text.append(chunk));
      response.exceptionHandler(over::completeExceptionally);
      response.endHandler(_ -> over.complete(text.toString()));
    }

    static CompletableFuture<Stream> of(Future<HttpClientResponse> response) {
      return response.map(Stream::new).toCompletionStage().toCompletableFuture();
    }
  }

  @Test
  void areAnsweredAsOthersAre() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    assertThat(text(modernCall(1))).isEqualTo(served(1));
    assertThat(lastOutcome()).isInstanceOf(Outcome.Served.class);
    assertThat(text(RawRequest.modern("one", "2", "no/such", ""))).startsWith("404 ");
    assertThat(text(modernCall(3).path("/nothing/here"))).startsWith("404 ");
    assertThat(lastOutcome()).isInstanceOf(Outcome.TurnedAway.class);
  }

  @Test
  void areServedTooWhereTheAnswerIsAStream() {
    up.on("tools/call", Scripts.events(Scripts.progress(1), Scripts.RESULT));
    assertThat(text(modernCall(1))).contains(Scripts.RESULT.replace("$id", "1"));
    assertThat(lastOutcome()).isInstanceOf(Outcome.Served.class);
  }

  @Test
  void areRefusedWhereAHeaderWouldEndALine() {
    HttpClientRequest request = request(modernCall(1));
    request.headers().add("mcp-param-x", "a\r\n b");
    Future<HttpClientResponse> answer = request.send(Buffer.buffer(modernCall(1).body().copy()));
    assertThat(done(answer.map(HttpClientResponse::statusCode))).isEqualTo(400);
    assertThat(up.seen("tools/call")).isEmpty();
  }

  @Test
  void areServedAtOnceEachOnAStreamOfItsOwn() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on(
        "tools/call",
        (request, line) -> {
          if (request.id().equals("0")) {
            line.await(gate);
          }
          line.json(Scripts.RESULT);
        });
    Future<HttpClientResponse> first = sent(modernCall(0));
    List<Future<HttpClientResponse>> others = new ArrayList<>();
    for (int id = 1; id < 20; id++) {
      others.add(sent(modernCall(id)));
    }
    others.forEach(other -> assertThat(done(other).statusCode()).isEqualTo(200));
    assertThat(first.isComplete()).as("one that waits holds up nobody").isFalse();
    gate.countDown();
    assertThat(done(first).statusCode()).isEqualTo(200);
    assertThat(connections).hasSize(1);
  }

  @Test
  void getEventsAsTheyCome() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(Scripts.progress(1));
          line.await(gate);
          line.event(Scripts.RESULT);
          line.end();
        });
    Stream stream = done(Stream.of(sent(modernCall(1))));
    Eventually.holds("the first event", () -> stream.text.toString().contains(Scripts.progress(1)));
    gate.countDown();
    assertThat(done(stream.over)).endsWith("data: " + Scripts.RESULT.replace("$id", "1") + "\n\n");
  }

  @Test
  void leaveByAResetThatClosesTheUpstreamsStreamAndNobodyElses() {
    up.on(
        "tools/call",
        (request, line) -> {
          if (request.id().equals("1")) {
            line.events();
            line.event(Scripts.progress(1));
            line.hang();
          } else {
            line.json(Scripts.RESULT);
          }
        });
    RawRequest raw = modernCall(1);
    HttpClientRequest request = request(raw);
    Stream stream = done(Stream.of(request.send(Buffer.buffer(raw.body().copy()))));
    Eventually.holds("the first event", () -> stream.text.toString().contains(Scripts.progress(1)));
    Seen seen = up.only("tools/call");
    request.reset(CANCEL);
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    assertThat(outcome(0))
        .isInstanceOfSatisfying(
            Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(Outcome.By.CALLER));
    assertThat(text(modernCall(2))).isEqualTo(served(2));
    assertThat(connections).hasSize(1);
  }

  @Test
  void leaveByAResetAlsoBeforeThereIsAHead() {
    up.on("tools/call", Scripts.hang());
    RawRequest raw = modernCall(1);
    HttpClientRequest request = request(raw);
    Future<HttpClientResponse> answer = request.send(Buffer.buffer(raw.body().copy()));
    Seen seen = up.only("tools/call");
    request.reset(CANCEL);
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    Eventually.holds("the caller knows", answer::failed);
    assertThat(outcome(0))
        .isInstanceOfSatisfying(
            Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(Outcome.By.CALLER));
  }

  @Test
  void areRefusedABodyThatIsTooLargeWhileTheOthersGoOn() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    HttpClientRequest declared =
        request(modernCall(1).with("Content-Length", Integer.toString(64 * 1024 * 1024)));
    Future<HttpClientResponse> told = declared.response();
    declared.sendHead();
    assertThat(done(told).statusCode()).isEqualTo(413);

    HttpClientRequest endless = request(modernCall(1));
    endless.setChunked(true);
    Future<HttpClientResponse> answer = endless.response();
    for (int mebibyte = 0; mebibyte < 5; mebibyte++) {
      endless.write(Buffer.buffer(new byte[1024 * 1024]));
    }
    assertThat(done(answer).statusCode()).isEqualTo(413);
    assertThat(text(modernCall(2))).isEqualTo(served(2));
    assertThat(connections).hasSize(1);
  }

  @Test
  void areNotLeftWithAnOpenStreamBehindARefusal() {
    HttpClientRequest endless = request(modernCall(1).with("Content-Encoding", "gzip"));
    endless.setChunked(true);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    endless.exceptionHandler(ended::complete);
    Future<HttpClientResponse> answer = endless.response();
    endless.write(Buffer.buffer("{"));
    assertThat(done(answer).statusCode()).isEqualTo(415);
    assertThat(done(ended))
        .isInstanceOfSatisfying(
            StreamResetException.class, reset -> assertThat(reset.getCode()).isZero());
  }

  @Test
  void areToldOnceThatTheConnectionIsAtItsEndAndFinishWhatIsUnderWay() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    CompletableFuture<Long> goodbye = new CompletableFuture<>();
    CompletableFuture<String> closed = new CompletableFuture<>();
    RawRequest raw = modernCall(1);
    HttpClientRequest request = request(raw);
    request.connection().goAwayHandler(away -> goodbye.complete(away.getErrorCode()));
    request.connection().closeHandler(_ -> closed.complete("closed"));
    Future<Buffer> answer =
        request.send(Buffer.buffer(raw.body().copy())).compose(HttpClientResponse::body);
    Eventually.holds("the call", () -> !up.seen("tools/call").isEmpty());
    road.gateway().drain(Duration.ofMillis(100));
    assertThat(done(goodbye)).as("no error").isZero();
    gate.countDown();
    assertThat(done(answer).toString()).contains("served");
    assertThat(done(closed)).isEqualTo("closed");
  }

  @Test
  void areTurnedAwayWhereTheirAuthorityIsNotServed() {
    RawRequest raw = modernCall(1);
    HttpClientRequest request = request(raw);
    request.authority(HostAndPort.create("evil.example", 80));
    assertThat(done(request.send(Buffer.buffer(raw.body().copy()))).statusCode()).isEqualTo(403);
    assertThat(up.seen()).isEmpty();
  }
}
