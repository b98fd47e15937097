package dev.turnpike.assembly;

import dev.turnpike.budget.SharedTill;
import dev.turnpike.budget.Till;
import dev.turnpike.flags.SwitchStore;
import dev.turnpike.store.FileSwitches;
import dev.turnpike.store.RedisCounters;
import dev.turnpike.store.RedisSwitches;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What this process shares with its replicas: where {@code turnpike.store} says. */
@ApplicationScoped
class Stores implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("turnpike.store");
  private static final String MEMORY = "memory";
  private static final String REDIS = "redis";
  private static final long BEAT_MILLIS = 500;
  private static final long LAST_WORDS_MILLIS = 500;

  private final Vertx vertx;
  private final Till till;
  private final SwitchStore switches;
  private long beat = -1;

  Stores(
      Vertx vertx,
      ProcessConfig config,
      MeterRegistry meters,
      Instance<Redis> redis,
      @ConfigProperty(name = "quarkus.redis.hosts") Optional<String> hosts) {
    this.vertx = vertx;
    this.switches =
        config.store().equals(REDIS) && hosts.isPresent()
            ? new RedisSwitches(redis.get())
            : new FileSwitches(
                vertx, Path.of(config.data()).resolve("flags.json"), InstantSource.system());
    this.till =
        switch (config.store()) {
          case MEMORY -> Till.inMemory();
          case REDIS -> {
            if (hosts.isEmpty()) {
              throw StartRefused.because(
                  "turnpike.store=redis needs quarkus.redis.hosts, such as redis://127.0.0.1:6379");
            }
            if (config.keysFile().isEmpty()) {
              LOG.warn(
                  "turnpike.store=redis without turnpike.keys-file: what this replica seals, such as"
                      + " cursors and continuations, no other can open");
            }
            yield shared(redis.get(), config, meters);
          }
          default ->
              throw StartRefused.because(
                  "turnpike.store: found '%s', expected memory or redis".formatted(config.store()));
        };
  }

  private SharedTill shared(Redis redis, ProcessConfig config, MeterRegistry meters) {
    // a start of its own: what an earlier one left is not taken for ours
    String replica = config.replica().orElseGet(Stores::host) + '-' + UUID.randomUUID();
    AtomicLong reservations = new AtomicLong();
    SharedTill shared =
        new SharedTill(
            new RedisCounters(vertx, redis, replica),
            () -> Long.toString(reservations.incrementAndGet()),
            System::nanoTime,
            Stores::told,
            config.storePatience());
    Gauge.builder("turnpike.store.degraded", shared, known -> known.degraded() ? 1 : 0)
        .description("1 while the store of counters is away and this replica counts for itself")
        .register(meters);
    Gauge.builder("turnpike.store.replicas", shared, SharedTill::replicas)
        .description("Replicas that the store last knew of")
        .register(meters);
    Gauge.builder("turnpike.store.leases", shared, SharedTill::leases)
        .description("Counters of which this replica holds a share")
        .register(meters);
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(_ -> {
      shared.beat();
      beat = vertx.setPeriodic(BEAT_MILLIS, _ -> shared.beat());
    });
    return shared;
  }

  // as containers and machines name themselves; what has no name is told apart by the rest
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "replica";
    }
  }

  private static void told(boolean away) {
    if (away) {
      LOG.warn(
          "the store of counters is away or slow: budgets are counted here, each with a part of its"
              + " limit, and those that are hard refuse");
    } else {
      LOG.info("the store of counters is there: budgets are counted together");
    }
  }

  Till till() {
    return till;
  }

  /** Where it is kept what administrators have switched. */
  SwitchStore switches() {
    return switches;
  }

  @Override
  public void close() {
    if (!(till instanceof SharedTill shared)) {
      return;
    }
    vertx.cancelTimer(beat);
    try {
      shared.end().toCompletableFuture().get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // the store gives back by itself what a silent replica holds
    }
  }
}
