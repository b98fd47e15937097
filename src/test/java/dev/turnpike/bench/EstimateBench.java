package dev.turnpike.bench;

import static java.util.Objects.requireNonNull;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Counting;
import dev.turnpike.tokens.Estimator;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Tally;
import dev.turnpike.tokens.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call with 1 KiB of arguments costs the road where nothing is counted: the guess before it,
 * and the guess that its books are closed with, for a result of 1 KiB of text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EstimateBench {
  private static final int SIZE = 1_024;
  private static final String UPSTREAM = "up";

  private final Estimator estimator = new Estimator();
  private final Weight result =
      new Weight(
          Weight.Kind.RESULT,
          List.of(
              Piece.string(
                  Payload.of(
                      "\"" + filled("It is a truth universally acknowledged, that ") + "\""))),
          0,
          Reported.NOTHING);
  private final Call call =
      new Call(
          "mcp",
          "2026-07-28",
          "e",
          Verb.INVOKE,
          "tools/call",
          Optional.of(new Target(Target.Kind.TOOL, "t")),
          Optional.of(Payload.of("{\"text\":\"" + filled("a word and ").substring(11) + "\"}")),
          Lane.STABLE);
  private @Nullable Counting counting;
  private @Nullable Tally tally;

  private static String filled(String text) {
    return text.repeat(SIZE / text.length() + 1).substring(0, SIZE);
  }

  @Setup
  public void open() {
    counting = new Counting(String::length, 0, System::nanoTime);
    tally = new Tally(estimator, counting, Duration.ofMillis(20));
  }

  @TearDown
  public void close() {
    requireNonNull(counting).close();
  }

  @Benchmark
  public Usage before() {
    return estimator.before(UPSTREAM, call);
  }

  @Benchmark
  public Usage beforeAndAfter() {
    Usage before = estimator.before(UPSTREAM, call);
    Usage after =
        requireNonNull(tally).of(UPSTREAM, call, false, result).toCompletableFuture().join();
    return before.total() > after.total() ? before : after;
  }
}
