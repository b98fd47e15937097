package dev.turnpike.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Both demo servers, up for the tests of one class. */
final class Demo implements BeforeAllCallback, AfterAllCallback {
  private final Vertx vertx = Vertx.vertx();
  private DemoServers.@Nullable Running running;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    running = await(DemoServers.start(vertx, new SecureRandom(), 0, 0));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    await(vertx.close());
  }

  DemoServers.Running running() {
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
