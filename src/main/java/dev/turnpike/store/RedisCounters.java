package dev.turnpike.store;

import dev.turnpike.budget.SharedStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Counters in Redis 6.2 or later, or Valkey: one script call for each question. All keys have one
 * hash tag, so that the script finds them on one node of a cluster. Thread-safe.
 */
public final class RedisCounters implements SharedStore {
  /** How long a replica may be silent before what it holds is given back. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Script script;
  private final Keys keys;
  private final String replica;

  /**
   * @param replica of this start of this process: never used twice
   */
  public RedisCounters(Vertx vertx, Redis redis, String replica) {
    this(vertx, Script.shipped(redis), replica);
  }

  RedisCounters(Vertx vertx, Script script, String replica) {
    this.vertx = vertx;
    this.script = script;
    this.keys = new Keys(replica);
    this.replica = replica;
  }

  @Override
  public CompletionStage<List<Standing>> take(String reservation, List<Need> needs) {
    Words words = words("take", reservation);
    needs.forEach(need -> {
      words.counter(need.counter(), need.limit());
      words.need(need);
    });
    return here(script.run(words), RedisCounters::standings);
  }

  @Override
  public CompletionStage<?> settle(String reservation, List<Spent> spent, boolean again) {
    Words words = words("settle", reservation).flag(again);
    spent.forEach(part -> {
      words.counter(part.counter(), part.limit());
      words.number(part.used());
    });
    return here(script.run(words), _ -> true);
  }

  @Override
  public CompletionStage<Integer> beat() {
    return here(script.run(words("beat")), answer -> (int) number(answer));
  }

  @Override
  public void later(Duration after, Runnable action) {
    here().owner().setTimer(Math.max(1, after.toMillis()), _ -> action.run());
  }

  // that of whoever asks, also where it is of another lane: what follows runs there
  private Context here() {
    Context asking = Vertx.currentContext();
    return asking == null ? vertx.getOrCreateContext() : asking;
  }

  private Words words(String operation, String... more) {
    Words words = new Words(keys).word(operation).word(replica).number(SILENCE.toMillis());
    List.of(more).forEach(words::word);
    return words;
  }

  private <T> CompletionStage<T> here(Future<Response> answer, Function<Response, T> read) {
    Context here = here();
    CompletableFuture<T> done = new CompletableFuture<>();
    answer
        .map(read)
        .onComplete(result ->
            here.runOnContext(_ -> {
              if (result.succeeded()) {
                done.complete(result.result());
              } else {
                done.completeExceptionally(result.cause());
              }
            }));
    return done;
  }

  private static List<Standing> standings(Response response) {
    List<Standing> standings = new ArrayList<>(response.size());
    for (Response one : response) {
      standings.add(
          new Standing(
              number(one.get(0)) == 1,
              number(one.get(1)),
              number(one.get(2)),
              number(one.get(3)),
              micros(one.get(4)),
              micros(one.get(5)),
              number(one.get(6))));
    }
    return standings;
  }

  private static Duration micros(Response value) {
    return Duration.ofNanos(Math.multiplyExact(number(value), 1_000));
  }

  private static long number(Response value) {
    return Long.parseLong(value.toString());
  }
}
