package dev.turnpike.assembly;

import dev.turnpike.seal.KeyFile;
import dev.turnpike.seal.KeyRing;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps keys in step with their files, and tries again to reach issuers that were away. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("turnpike");
  private static final long KEYS_MILLIS = 500;
  private static final long ISSUER_MILLIS = 2_000;

  private final Vertx vertx;
  private final OidcIssuers issuers;
  private final Supplier<KeyRing> keys;
  private final Optional<BearerKeyFile> bearerKeys;
  private final BiConsumer<BearerKeyFile, String> read;
  private final List<Long> timers = new ArrayList<>();

  /**
   * @param read hears what became of a change of the bearer keys
   */
  Upkeep(
      Vertx vertx,
      OidcIssuers issuers,
      Supplier<KeyRing> keys,
      Optional<BearerKeyFile> bearerKeys,
      BiConsumer<BearerKeyFile, String> read) {
    this.vertx = vertx;
    this.issuers = issuers;
    this.keys = keys;
    this.bearerKeys = bearerKeys;
    this.read = read;
  }

  void begin() {
    if (keys instanceof KeyFile || bearerKeys.isPresent()) {
      timers.add(vertx.setPeriodic(KEYS_MILLIS, _ -> vertx.executeBlocking(this::readKeys)));
    }
    if (!issuers.ready()) {
      LOG.warnf(
          "the issuer of tokens cannot be reached (%s): endpoints that need it refuse tokens with"
              + " 503 until it can",
          String.join(", ", issuers.servers()));
    }
    if (!issuers.allReached()) {
      if (issuers.ready()) {
        LOG.warn(
            "the issuer of administrators' tokens cannot be reached: the admin API refuses them"
                + " with 503 until it can");
      }
      timers.add(vertx.setPeriodic(ISSUER_MILLIS, this::reach));
    }
  }

  private void reach(long timer) {
    if (issuers.allReached()) {
      LOG.info("the issuer of tokens is reached");
      vertx.cancelTimer(timer);
    } else {
      issuers.retry();
    }
  }

  private @Nullable Void readKeys() {
    if (keys instanceof KeyFile file) {
      file.poll().ifPresent(told -> LOG.infof("keys %s", told));
    }
    bearerKeys.ifPresent(file -> file.poll().ifPresent(told -> read.accept(file, told)));
    return null;
  }

  @Override
  public void close() {
    timers.forEach(vertx::cancelTimer);
  }
}
