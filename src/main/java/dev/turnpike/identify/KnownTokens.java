package dev.turnpike.identify;

import dev.turnpike.seal.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a little while what was found out of a token, and never longer than it is in force.
 * Tokens themselves are not kept. Thread-safe.
 */
public final class KnownTokens implements Tokens {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private record Known(Vouched vouched, Instant until) {}

  private final Tokens tokens;
  private final InstantSource wall;
  private final Map<ByteBuffer, Known> known;

  /**
   * @param most tokens that are remembered; the one that was asked for least recently goes first
   */
  public KnownTokens(Tokens tokens, InstantSource wall, int most) {
    this.tokens = tokens;
    this.wall = wall;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public CompletionStage<Vouched> verify(String token) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token));
    Vouched there = find(digest);
    if (there != null) {
      return CompletableFuture.completedFuture(there);
    }
    return tokens
        .verify(token)
        .thenApply(vouched -> {
          keep(digest, vouched);
          return vouched;
        });
  }

  private synchronized @Nullable Vouched find(ByteBuffer digest) {
    Known there = known.get(digest);
    if (there != null && !wall.instant().isBefore(there.until())) {
      known.remove(digest);
      return null;
    }
    return there == null ? null : there.vouched();
  }

  private synchronized void keep(ByteBuffer digest, Vouched vouched) {
    Instant until = wall.instant().plus(LONGEST);
    known.put(
        digest, new Known(vouched, vouched.expires().isBefore(until) ? vouched.expires() : until));
  }
}
