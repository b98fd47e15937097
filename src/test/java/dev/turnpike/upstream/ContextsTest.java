package dev.turnpike.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context here = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static <T> T done(CompletableFuture<T> future) {
    return future.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void runAtOnceWhatIsOnTheRightOneAlready() {
    CompletableFuture<List<String>> order = new CompletableFuture<>();
    here.runOnContext(_ -> {
      List<String> said = new ArrayList<>();
      Contexts.run(here, () -> said.add("action"));
      said.add("after");
      order.complete(said);
    });
    assertThat(done(order)).containsExactly("action", "after");
  }

  @Test
  void runOnTheirOwnThreadWhatComesFromElsewhere() {
    CompletableFuture<Thread> own = new CompletableFuture<>();
    here.runOnContext(_ -> own.complete(Thread.currentThread()));
    CompletableFuture<Thread> from = new CompletableFuture<>();
    Contexts.run(here, () -> from.complete(Thread.currentThread()));
    assertThat(done(from)).isSameAs(done(own)).isNotSameAs(Thread.currentThread());
  }
}
