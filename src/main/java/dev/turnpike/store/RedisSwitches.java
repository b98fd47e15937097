package dev.turnpike.store;

import dev.turnpike.flags.SwitchStore;
import dev.turnpike.flags.SwitchText;
import dev.turnpike.flags.Switched;
import dev.turnpike.flags.Switches;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Switches of flags in one hash of Redis, for all replicas. Thread-safe. */
public final class RedisSwitches implements SwitchStore {
  private static final Logger LOG = Logger.getLogger("turnpike.store");
  private static final String KEY = "{turnpike}:flags";

  private final Redis redis;

  public RedisSwitches(Redis redis) {
    this.redis = redis;
  }

  @Override
  public CompletionStage<Switches> read() {
    CompletableFuture<Switches> read = new CompletableFuture<>();
    redis
        .send(Request.cmd(Command.HGETALL).arg(KEY))
        .map(RedisSwitches::switches)
        .onSuccess(read::complete)
        .onFailure(read::completeExceptionally);
    return read;
  }

  private static Switches switches(@Nullable Response answer) {
    List<Switched> all = new ArrayList<>();
    if (answer != null) {
      for (String name : answer.getKeys()) {
        try {
          all.add(SwitchText.read(String.valueOf(answer.get(name))));
        } catch (IllegalArgumentException unreadable) {
          // one of a later release is no reason to go without the others
          LOG.debugf("a switch that cannot be read: %s", name);
        }
      }
    }
    return new Switches(all, true);
  }

  @Override
  public CompletionStage<?> put(Switched switched) {
    return redis
        .send(
            Request.cmd(Command.HSET)
                .arg(KEY)
                .arg(field(switched.key(), switched.tenant()))
                .arg(SwitchText.write(switched)))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<?> remove(String key, Optional<String> tenant) {
    return redis
        .send(Request.cmd(Command.HDEL).arg(KEY).arg(field(key, tenant)))
        .toCompletionStage();
  }

  // no key has a blank
  private static String field(String key, Optional<String> tenant) {
    return tenant.map(name -> key + ' ' + name).orElse(key);
  }
}
