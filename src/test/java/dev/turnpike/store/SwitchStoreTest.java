package dev.turnpike.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.flags.SwitchStore;
import dev.turnpike.flags.Switched;
import dev.turnpike.flags.Switches;
import dev.turnpike.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Both places where switches are kept. */
class SwitchStoreTest {
  private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");
  private static final Switched ALL =
      new Switched("a.b", Optional.empty(), false, "no \"more\"\n", "ann", AT, Optional.empty());
  private static final Switched LABS =
      new Switched(
          "a.b", Optional.of("the labs"), true, "é", "ben", AT, Optional.of(AT.plusSeconds(60)));

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void keeps(SwitchStore one, SwitchStore other) throws Exception {
    assertThat(done(one.read())).isEqualTo(Switches.NONE);
    done(one.put(ALL));
    done(one.put(LABS));
    assertThat(done(other.read()).all()).containsExactlyInAnyOrder(ALL, LABS);
    Switched again =
        new Switched("a.b", Optional.empty(), true, "yes", "ann", AT, Optional.empty());
    done(other.put(again));
    assertThat(done(one.read()).all()).containsExactlyInAnyOrder(again, LABS);
    done(one.remove("a.b", Optional.of("the labs")));
    done(one.remove("a.b", Optional.of("nobody")));
    assertThat(done(other.read()).all()).containsExactly(again);
    done(other.remove("a.b", Optional.empty()));
    assertThat(done(one.read())).isEqualTo(Switches.NONE);
  }

  @Test
  void aFileKeepsThem() throws Exception {
    Path file = folder.resolve("data/flags.json");
    keeps(new FileSwitches(vertx, file, () -> AT), new FileSwitches(vertx, file, () -> AT));
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
  void redisKeepsThem() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      Redis one = Redis.createClient(vertx, server.url());
      Redis two = Redis.createClient(vertx, server.url());
      keeps(new RedisSwitches(one), new RedisSwitches(two));
    }
  }

  @Test
  void whatCannotBeReadIsNotWrittenOver() throws IOException {
    Path file = folder.resolve("flags.json");
    for (String broken : new String[] {"[{\"key\":", "{}", "[7]", "[{\"key\":\"a\"}]"}) {
      Files.writeString(file, broken);
      SwitchStore store = new FileSwitches(vertx, file, () -> AT);
      assertThatThrownBy(() -> done(store.read())).hasRootCauseInstanceOf(Exception.class);
      assertThatThrownBy(() -> done(store.put(ALL))).hasRootCauseInstanceOf(Exception.class);
      assertThat(file).hasContent(broken);
    }
  }
}
