package dev.turnpike.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.EstimatorJar;
import dev.turnpike.tokens.Counting;
import dev.turnpike.tokens.Estimator;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Tally;
import dev.turnpike.tokens.Tokenizer;
import dev.turnpike.tokens.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluggedEstimatorTest {
  @TempDir Path folder;

  private final List<Throwable> told = new ArrayList<>();

  /** Whatever it is to be. */
  private static class Some implements TokenCountEstimator {
    private final ToIntFunction<String> counting;

    Some(ToIntFunction<String> counting) {
      this.counting = counting;
    }

    @Override
    public int estimateTokenCountInText(String text) {
      return counting.applyAsInt(text);
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
      throw new AssertionError("there are no messages");
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
      throw new AssertionError("there are no messages");
    }
  }

  public static final class Characters extends Some {
    public Characters() {
      super(String::length);
    }
  }

  public static final class WithoutTable extends Some {
    public WithoutTable() {
      super(String::length);
      throw new IllegalStateException("no table");
    }
  }

  public static final class Unloadable extends Some {
    private static final int SIZE = Integer.parseInt("no number");

    public Unloadable() {
      super(_ -> SIZE);
    }
  }

  public static final class Asking extends Some {
    public Asking(int size) {
      super(_ -> size);
    }
  }

  public abstract static class Unfinished extends Some {
    public Unfinished() {
      super(String::length);
    }
  }

  private static String named(String nested) {
    return PluggedEstimatorTest.class.getName() + "$" + nested;
  }

  @Test
  void countsTextsAsTheClassOfThatNameDoes() {
    assertThat(PluggedEstimator.named(named("Characters"), List.of()).count("four")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {EstimatorJar.WORDS, PluggedEstimator.PROVIDER})
  void isFoundInAJarThatStandsBeside(String name) throws IOException {
    Path jar = EstimatorJar.in(folder);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    // three words, and the table that it looks for in the loader of the thread
    assertThat(PluggedEstimator.named(name, List.of(jar)).count("one two three")).isEqualTo(4);
    assertThat(PluggedEstimator.named(name, List.of(folder)).count("one two three")).isEqualTo(4);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  private void refused(String name, List<Path> jars, String why) {
    assertThatThrownBy(() -> PluggedEstimator.named(name, jars))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void oneThatCannotBeMadeIsRefusedWithTheReason() {
    refused("dev.example.Missing", List.of(), "there is no class dev.example.Missing");
    refused("java.lang.Object", List.of(), "is no dev.langchain4j.model.TokenCountEstimator");
    refused(
        named("WithoutTable"),
        List.of(),
        "cannot be made: java.lang.IllegalStateException: no table");
    refused(
        named("Unloadable"), List.of(), "cannot be loaded: java.lang.ExceptionInInitializerError");
    for (String closed : List.of("Asking", "Unfinished")) {
      refused(
          named(closed), List.of(), "no public class with a public constructor without arguments");
    }
  }

  @Test
  void soIsAProviderThatIsNotTheOnlyOne() throws IOException {
    refused(
        PluggedEstimator.PROVIDER,
        List.of(),
        "expected one provider of dev.langchain4j.model.TokenCountEstimator, found none");
    provide(named("Characters") + "\n" + named("WithoutTable"));
    refused(PluggedEstimator.PROVIDER, List.of(folder.resolve("plug.jar")), "no table");
    provide("dev.example.Missing");
    refused(PluggedEstimator.PROVIDER, List.of(folder.resolve("plug.jar")), "dev.example.Missing");
    provide(named("Characters"));
    EstimatorJar.in(folder);
    refused(
        PluggedEstimator.PROVIDER,
        List.of(folder),
        "found " + named("Characters") + ", " + EstimatorJar.WORDS);
  }

  private void provide(String names) throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("plug.jar")))) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + TokenCountEstimator.class.getName()));
      jar.write(names.getBytes(UTF_8));
    }
  }

  @Test
  void soIsAJarThatIsNotThere() {
    refused(EstimatorJar.WORDS, List.of(folder.resolve("none.jar")), "none.jar cannot be read");
  }

  private Usage tally(Tokenizer tokenizer) throws Exception {
    try (Counting counting = new Counting(tokenizer, 1, System::nanoTime)) {
      return tally(Duration.ofSeconds(20), counting);
    }
  }

  private static Usage tally(Duration patience, Counting counting) throws Exception {
    Call call =
        new Call(
            "mcp",
            "2026-07-28",
            "e",
            Verb.INVOKE,
            "tools/call",
            Optional.of(new Target(Target.Kind.TOOL, "t")),
            Optional.of(Payload.of("{\"a\":1}")),
            Lane.STABLE);
    Weight weight =
        new Weight(
            Weight.Kind.RESULT, List.of(Piece.string(Payload.of("\"four\""))), 0, Reported.NOTHING);
    return new Tally(new Estimator(), counting, patience)
        .of("up", call, false, weight)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private PluggedEstimator some(ToIntFunction<String> counting) {
    return new PluggedEstimator(new Some(counting), getClass().getClassLoader(), told::add);
  }

  @Test
  void whatItCountsIsCounted() throws Exception {
    assertThat(tally(some(String::length)).output()).isEqualTo(Count.counted(4));
    assertThat(told).isEmpty();
  }

  @Test
  void oneThatThrowsLeavesTheEstimateAndIsToldOnce() throws Exception {
    for (RuntimeException failure :
        List.of(new IllegalStateException("no table"), new UnsupportedOperationException())) {
      PluggedEstimator broken =
          some(_ -> {
            throw failure;
          });
      try (Counting counting = new Counting(broken, 1, System::nanoTime)) {
        for (int i = 0; i < 3; i++) {
          assertThat(tally(Duration.ofSeconds(20), counting).output().basis())
              .isEqualTo(Count.Basis.ESTIMATED);
        }
      }
      assertThat(told).containsExactly(failure);
      told.clear();
    }
  }

  @Test
  void soDoesOneThatRunsOutOfItsStackOrSaysNonsense() throws Exception {
    PluggedEstimator deep =
        some(_ -> {
          throw new StackOverflowError();
        });
    assertThat(tally(deep).output().basis()).isEqualTo(Count.Basis.ESTIMATED);
    assertThat(tally(some(_ -> -1)).output().basis()).isEqualTo(Count.Basis.ESTIMATED);
    assertThat(told).hasSize(2);
    assertThat(told.getLast()).hasMessage("it says -1 tokens");
  }

  @Test
  void oneThatHangsHoldsNothingUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    PluggedEstimator stuck =
        some(text -> {
          try {
            never.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return text.length();
        });
    try (Counting counting = new Counting(stuck, 1, System::nanoTime)) {
      // more than can wait for it: those do not wait at all
      for (int i = 0; i < 80; i++) {
        assertThat(tally(Duration.ofMillis(20), counting).output().basis())
            .isEqualTo(Count.Basis.ESTIMATED);
      }
    }
  }
}
