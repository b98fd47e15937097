package dev.turnpike.account;

import static dev.turnpike.account.By.CALLER;
import static dev.turnpike.account.By.ENDPOINT;
import static dev.turnpike.account.By.LANE;
import static dev.turnpike.account.By.TARGET;
import static dev.turnpike.account.By.TENANT;
import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.list;
import static dev.turnpike.expression.Exchanges.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.route.RoutedFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Outcome SERVED = new Outcome.Served(Usage.NONE);
  private static final Caller ANN = subject("ann", "acme");

  private final MemoryLedger ledger = new MemoryLedger();

  private void served(Instant at, Caller caller, Call call) {
    ledger.record(at, RoutedFixture.routed(caller, call, "up"), Usage.NONE, SERVED);
  }

  private static Figures calls(long calls) {
    return new Figures(calls, 0, 0, 0, 0, 0, 0);
  }

  private UsageReport all(By... by) {
    return ledger.usage(Set.of(by), Optional.empty(), Optional.empty());
  }

  @Test
  void tellsApartWhatItIsAskedTo() {
    served(NOON, ANN, call("tools", "echo", "{}"));
    served(NOON.plusSeconds(200), ANN, call("tools", "echo", "{}"));
    served(NOON, Caller.ANONYMOUS, call("other", "add", "{}"));
    assertThat(all(CALLER, TARGET))
        .isEqualTo(
            new UsageReport(
                List.of(
                    new UsageReport.Row(Map.of(CALLER, "ann", TARGET, "echo"), calls(2)),
                    new UsageReport.Row(Map.of(CALLER, "anonymous", TARGET, "add"), calls(1))),
                calls(3)));
    assertThat(all(TENANT, ENDPOINT, LANE).rows())
        .extracting(UsageReport.Row::keys)
        .containsExactly(
            Map.of(TENANT, "acme", ENDPOINT, "tools", LANE, "stable"),
            Map.of(TENANT, "none", ENDPOINT, "other", LANE, "stable"));
  }

  @Test
  void addsEverythingUpWhereNothingIsToBeToldApart() {
    served(NOON, ANN, call("tools", "echo", "{}"));
    served(NOON, ANN, call("tools", "add", "{}"));
    assertThat(all().rows()).containsExactly(new UsageReport.Row(Map.of(), calls(2)));
    assertThat(new MemoryLedger().usage(Set.of(), Optional.empty(), Optional.empty()))
        .isEqualTo(new UsageReport(List.of(), Figures.NONE));
  }

  @Test
  void looksAtWholeMinutesFromTheFirstToTheOneBeforeTheLast() {
    for (int minute = 0; minute < 5; minute++) {
      served(NOON.plusSeconds(60L * minute + 59), ANN, call("tools", "t" + minute, "{}"));
    }
    UsageReport report =
        ledger.usage(
            Set.of(TARGET), Optional.of(NOON.plusSeconds(90)), Optional.of(NOON.plusSeconds(180)));
    assertThat(report.rows()).extracting(row -> row.keys().get(TARGET)).containsExactly("t1", "t2");
    assertThat(
            ledger.usage(Set.of(), Optional.of(NOON.plusSeconds(300)), Optional.of(NOON)).total())
        .isEqualTo(Figures.NONE);
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void countsCallsOfTargetsAndNotConversations(Verb verb) {
    served(NOON, ANN, call("tools", verb, new Target(Target.Kind.RESOURCE, "demo://1"), ""));
    served(NOON, ANN, list("tools"));
    boolean counts = verb != Verb.DISCOVER && verb != Verb.CONTROL;
    assertThat(all().total()).isEqualTo(calls(counts ? 1 : 0));
  }

  @Test
  void countsWhatAnUpstreamAnsweredAndNothingThatWasRefusedOrBroken() {
    Call call = call("tools", "echo", "{}");
    ledger.record(
        NOON,
        RoutedFixture.routed(ANN, call, "up"),
        Usage.NONE,
        new Outcome.Cut(Outcome.By.CALLER, "gone"));
    ledger.record(
        NOON,
        RoutedFixture.routed(ANN, call, "up"),
        Usage.NONE,
        new Outcome.TurnedAway(new Refusal.NoSuchSession()));
    ledger.record(
        NOON,
        RoutedFixture.routed(ANN, call, "up"),
        Usage.NONE,
        new Outcome.Broken(new IllegalStateException("bug")));
    assertThat(all().total()).isEqualTo(calls(1));
  }

  @Test
  void countsOneCallHoweverManyRoundsItTakes() {
    Call call = call("tools", "echo", "{}");
    served(NOON, ANN, call);
    ledger.record(
        NOON,
        RoutedFixture.continued(ANN, call, "up"),
        Usage.NONE,
        new Outcome.Served(new Usage(Count.reported(3), Count.counted(4), 0, Count.NONE)));
    assertThat(all().total()).isEqualTo(new Figures(1, 3, 4, 3, 4, 0, 0));
  }

  @Test
  void reportsTokensAsTheyWereGivenAndInventsNone() {
    Call call = call("tools", "echo", "{}");
    ledger.record(
        NOON,
        RoutedFixture.routed(ANN, call, "up"),
        Usage.NONE,
        new Outcome.Served(new Usage(Count.reported(3), Count.counted(4), 0, Count.NONE)));
    served(NOON, ANN, call);
    assertThat(all().total()).isEqualTo(new Figures(2, 3, 4, 3, 4, 0, 0));
    assertThat(all().total().total()).isEqualTo(7);
  }

  @Test
  void keepsTheTotalAndItsBoundWhenItIsFull() {
    Pages pages = new Pages(40);
    long calls = 0;
    for (int minute = 0; minute < 100; minute++) {
      for (int target = 0; target < 7; target++) {
        Account account = Account.of(ANN, call("tools", "t" + minute + "-" + target, ""));
        pages.add(minute, account, calls(1));
        calls++;
        assertThat(pages.lines()).isLessThanOrEqualTo(40);
        assertThat(sum(pages.sums(Long.MIN_VALUE, Long.MAX_VALUE))).isEqualTo(calls);
      }
    }
    Map<Account, Figures> sums = pages.sums(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(sums).containsKey(Account.of(ANN, call("tools", "t0-0", "")));
    assertThat(sums).containsKey(Account.of(ANN, call("tools", "t99-6", "")));
    assertThat(sums.keySet()).anyMatch(account -> account.target().equals("other"));
    assertThat(sum(pages.sums(99, 99))).isEqualTo(7);
  }

  @Test
  void addsUpTheOldestMinutesFirstAndKeepsTheirNames() {
    Pages pages = new Pages(40);
    for (int minute = 0; minute < 60; minute++) {
      pages.add(minute, Account.of(ANN, call("tools", "echo", "")), calls(1));
    }
    assertThat(pages.sums(Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(Map.of(Account.of(ANN, call("tools", "echo", "")), calls(60)));
    assertThat(sum(pages.sums(40, 59))).isEqualTo(20);
    assertThat(sum(pages.sums(0, 0))).isZero();
  }

  private static long sum(Map<Account, Figures> sums) {
    return sums.values().stream().mapToLong(Figures::calls).sum();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void agreesWithAListOfAllCalls(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Instant> times = new ArrayList<>();
    Map<String, Long> naive = new HashMap<>();
    Instant from = NOON.plusSeconds(random.nextLong(-10, 40) * 60);
    Instant to = from.plusSeconds(random.nextLong(0, 40) * 60);
    for (int i = 0; i < 2000; i++) {
      Instant at = NOON.plusSeconds(random.nextLong(3600));
      String target = "t" + random.nextInt(5);
      times.add(at);
      served(at, ANN, call("tools", target, ""));
      if (!at.isBefore(from) && at.isBefore(to)) {
        naive.merge(target, 1L, Long::sum);
      }
    }
    Map<String, Long> found = new HashMap<>();
    ledger
        .usage(Set.of(TARGET), Optional.of(from), Optional.of(to))
        .rows()
        .forEach(row -> found.put(row.keys().get(TARGET), row.figures().calls()));
    assertThat(found).isEqualTo(naive);
    assertThat(all().total()).isEqualTo(calls(times.size()));
  }

  @Test
  void losesNothingWhenSeveralThreadsRecord() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        running.add(
            threads.submit(() -> {
              for (int i = 0; i < 1000; i++) {
                served(NOON.plusSeconds(i), ANN, call("tools", "t" + i % 3, ""));
              }
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(all().total()).isEqualTo(calls(4000));
  }

  @Test
  void holdsWhatListsDefineApartAndAsNoCall() {
    ledger.record(
        NOON,
        RoutedFixture.routed(ANN, list("tools"), "up"),
        Usage.NONE,
        new Outcome.Served(Usage.listing(Count.estimated(900))));
    assertThat(all().total()).isEqualTo(new Figures(0, 0, 0, 0, 0, 0, 900));
    assertThat(all().total().total()).isZero();
  }
}
