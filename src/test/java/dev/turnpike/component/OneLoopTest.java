package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Experiments;
import dev.turnpike.assembly.Gateway;
import dev.turnpike.assembly.Hearing;
import dev.turnpike.assembly.Settings;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An exchange stays on the event loop that it began on, whoever else waits for the same thing. */
class OneLoopTest {
  private static final int CALLERS = 8;

  /** Where an exchange began, was routed and ended. */
  private record Stations(String begun, String routed, String ended) {}

  private final AtomicInteger begun = new AtomicInteger();
  private final List<Stations> stations = new CopyOnWriteArrayList<>();

  private ExchangeListener.Watch watch() {
    begun.incrementAndGet();
    String here = Thread.currentThread().getName();
    return new ExchangeListener.Watch() {
      private String routed = "";

      @Override
      public void routed(String upstream) {
        routed = Thread.currentThread().getName();
      }

      @Override
      public void ended(Outcome outcome) {
        stations.add(new Stations(here, routed, Thread.currentThread().getName()));
      }
    };
  }

  @Test
  void alsoWhereOneQuestionToAnUpstreamIsAskedForMany() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Vertx vertx = Vertx.vertx();
    List<RawCaller> callers = new ArrayList<>();
    try (FakeUpstream up = FakeUpstream.modern()) {
      up.on("server/discover", Scripts.gated(gate, FakeUpstream.DISCOVERED));
      up.on("tools/call", Scripts.json(Scripts.RESULT));
      Gateway gateway =
          new Gateway(
              vertx,
              Settings.DEFAULT,
              ConfigReader.read(Road.open("m", up.url()), "turnpike.yaml", _ -> null),
              Hearing.of(_ -> watch()),
              Experiments.NONE);
      List<HttpServer> servers = servers(vertx, gateway);
      for (int i = 0; i < CALLERS; i++) {
        RawCaller caller = RawCaller.to(servers.get(i % servers.size()).actualPort());
        callers.add(caller.send(RawRequest.call("m", Integer.toString(i), "echo", "{}")));
      }
      Eventually.holds("all have begun", () -> begun.get() == CALLERS);
      gate.countDown();
      callers.forEach(caller -> assertThat(caller.answer().status()).isEqualTo(200));
      Eventually.holds("all have ended", () -> stations.size() == CALLERS);
      Set<String> loops = new HashSet<>();
      for (Stations one : stations) {
        loops.add(one.begun());
        assertThat(one).isEqualTo(new Stations(one.begun(), one.begun(), one.begun()));
      }
      assertThat(loops).as("the test has several loops").hasSizeGreaterThan(1);
      gateway.close();
    } finally {
      callers.forEach(RawCaller::close);
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  // Vert.x gives each thread that asks a loop of its own
  private static List<HttpServer> servers(Vertx vertx, Gateway gateway) throws Exception {
    List<HttpServer> servers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CompletableFuture<HttpServer> listening = new CompletableFuture<>();
      Thread.ofPlatform()
          .start(() ->
              vertx
                  .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                  .requestHandler(gateway.door())
                  .listen(0)
                  .onSuccess(listening::complete)
                  .onFailure(listening::completeExceptionally));
      servers.add(listening.get(20, TimeUnit.SECONDS));
    }
    return servers;
  }
}
