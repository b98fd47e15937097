package dev.turnpike.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.Routed;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger on a disk, whatever its database; the one in memory is its twin. */
abstract class DurableLedgerContract {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean away = new AtomicBoolean();
  private DataSource database;

  /** An empty one. */
  abstract DataSource made() throws Exception;

  @BeforeEach
  void make() throws Exception {
    database = made();
    Flyway.configure().dataSource(database).locations("db/ledger").load().migrate();
  }

  private DataSource database() {
    if (away.get()) {
      throw new IllegalStateException("it is away");
    }
    return database;
  }

  private DurableLedger open() {
    try {
      return DurableLedger.open(
          folder.resolve("journal"),
          "one",
          this::database,
          () -> {},
          Duration.ZERO,
          Duration.ofDays(30),
          () -> NOON,
          new LedgerListener() {
            @Override
            public void unmoved(String why) {
              told.add("unmoved: " + why);
            }

            @Override
            public void moved() {
              told.add("moved");
            }
          });
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Routed routed(String who, String tool) {
    return RoutedFixture.routed(
        Exchanges.subject(who, "tenant-of-" + who), Exchanges.call("tools", tool, "{}"), "up");
  }

  private static Outcome served(long input, long output) {
    return new Outcome.Served(
        new Usage(Count.reported(input), Count.counted(output), 0, Count.NONE));
  }

  private static String all(Ledger ledger) {
    try {
      return ledger.usage(EnumSet.allOf(By.class), Optional.empty(), Optional.empty()).json();
    } catch (IOException failed) {
      return "cannot be read: " + failed.getMessage();
    }
  }

  @Test
  void takesNothingBehindAPlaceThatItDoesNotRemember() throws Exception {
    Store store = new JdbcStore(this::database, () -> {});
    List<Entry> entries =
        List.of(Entry.of(NOON, routed("ann", "t"), Usage.NONE, served(3, 4)).orElseThrow());
    Position first = new Position(0, 100);
    store.put("j", Position.BEGINNING, entries, first);
    assertThatThrownBy(() -> store.put("j", new Position(0, 200), entries, new Position(0, 300)))
        .isInstanceOf(Store.Unavailable.class)
        .hasMessageContaining("opened anew");
    assertThat(store.position("j")).isEqualTo(first);
    DurableLedger ledger = open();
    assertThat(all(ledger)).contains("\"calls\":1");
    ledger.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void saysTheSameAsTheOneInMemory(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryLedger twin = new MemoryLedger();
    DurableLedger ledger = open();
    for (int i = 0; i < 3_000; i++) {
      Instant at = NOON.plusSeconds(random.nextLong(0, 4 * 3_600));
      Routed routed = routed("c" + random.nextInt(5), "t" + random.nextInt(7));
      Usage expected = new Usage(Count.NONE, Count.estimated(random.nextLong(900)), 0, Count.NONE);
      Outcome outcome = served(random.nextLong(1_000), random.nextLong(1_000));
      ledger.record(at, routed, expected, outcome);
      twin.record(at, routed, expected, outcome);
      if (random.nextInt(400) == 0) {
        ledger.close();
        ledger = open();
      }
    }
    String whole = all(twin);
    DurableLedger open = ledger;
    Eventually.holds("all is written", () -> all(open).equals(whole));
    for (int i = 0; i < 60; i++) {
      Optional<Instant> from = moment(random);
      Optional<Instant> to = moment(random);
      Set<By> by = random.nextBoolean() ? Set.of(By.CALLER, By.TARGET) : Set.of(By.TENANT);
      assertThat(ledger.usage(by, from, to).json())
          .as("%s to %s", from, to)
          .isEqualTo(twin.usage(by, from, to).json());
    }
    ledger.close();
    try (DurableLedger again = open()) {
      assertThat(all(again)).isEqualTo(whole);
    }
  }

  private static Optional<Instant> moment(SplittableRandom random) {
    return random.nextInt(5) == 0
        ? Optional.empty()
        : Optional.of(NOON.plusMillis(random.nextLong(-3_600_000, 5 * 3_600_000)));
  }

  @Test
  void goesOnFromWhereADatabaseIsThatCameBackAtAnEarlierState() throws Exception {
    try (DurableLedger ledger = open()) {
      for (int i = 0; i < 5; i++) {
        ledger.record(NOON, routed("ann", "a"), Usage.NONE, served(1, 2));
      }
      Eventually.holds(
          "they are moved", () -> ledger.behind() == 0 && database("usage_entry") == 5);
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        for (String table : List.of("usage_entry", "usage_hour", "journal_position")) {
          statement.execute("delete from " + table);
        }
      }
      ledger.record(NOON, routed("ann", "a"), Usage.NONE, served(1, 2));
      Eventually.holds("all are moved", () -> database("usage_entry") == 6);
      assertThat(all(ledger)).contains("\"calls\":6,\"input\":6");
    }
  }

  private int database(String table) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      return count.next() ? count.getInt(1) : 0;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void losesNothingWhileTheDatabaseIsAwayAndSaysSoOnce() throws IOException {
    try (DurableLedger ledger = open()) {
      ledger.record(NOON, routed("ann", "a"), Usage.NONE, served(1, 2));
      Eventually.holds("it is there", () -> all(ledger).contains("\"calls\":1"));
      away.set(true);
      for (int i = 0; i < 100; i++) {
        ledger.record(NOON, routed("ann", "a"), Usage.NONE, served(1, 2));
      }
      Eventually.holds("it is told", () -> !told.isEmpty());
      assertThatThrownBy(() -> ledger.usage(Set.of(), Optional.empty(), Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it is away");
    }
    // nobody moved them, and the process ended
    try (DurableLedger ledger = open()) {
      ledger.record(NOON, routed("ann", "a"), Usage.NONE, served(1, 2));
      Eventually.holds("it is told", () -> told.size() >= 2);
      away.set(false);
      Eventually.holds("all are there", () -> all(ledger).contains("\"calls\":102,\"input\":102"));
      Eventually.holds("it is told", () -> told.getLast().equals("moved"));
    }
    assertThat(told).containsExactly("unmoved: it is away", "unmoved: it is away", "moved");
  }

  @Test
  void aSumThatNoNumberHoldsStaysAtTheMost() {
    MemoryLedger twin = new MemoryLedger();
    try (DurableLedger ledger = open()) {
      for (int i = 1; i <= 9; i++) {
        int calls = i;
        Instant at = NOON.plus(Duration.ofHours(i % 3));
        ledger.record(at, routed("ann", "a"), Usage.NONE, served(4_000_000_000_000_000_000L, i));
        twin.record(at, routed("ann", "a"), Usage.NONE, served(4_000_000_000_000_000_000L, i));
        Eventually.holds("it is there", () -> entries() == calls);
      }
      assertThat(all(ledger))
          .contains("\"calls\":9,\"input\":4000000000000000000,\"output\":45,")
          .isEqualTo(all(twin));
    }
    assertThat(told).isEmpty();
  }

  @Test
  void keepsHoursWhenSingleEntriesGo() throws IOException {
    try (DurableLedger ledger = open()) {
      // longer ago than what is kept
      ledger.record(NOON.minus(Duration.ofDays(31)), routed("ann", "a"), Usage.NONE, served(1, 2));
      Eventually.holds("it is there", () -> all(ledger).contains("\"calls\":1"));
    }
    try (DurableLedger ledger = open()) {
      Eventually.holds("they are forgotten", () -> entries() == 0);
      assertThat(all(ledger)).contains("\"calls\":1,\"input\":1,\"output\":2");
    }
  }

  private long entries() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from usage_entry")) {
      row.next();
      return row.getLong(1);
    } catch (java.sql.SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void namesThatNoDatabaseLikesAreTaken() {
    try (DurableLedger ledger = open()) {
      Caller odd =
          Exchanges.subject("a'; drop table usage_hour; --\0\n", "\uD83D\uDE00".repeat(300));
      Call call = Exchanges.call("tools", "x".repeat(5_000), "{}");
      ledger.record(NOON, RoutedFixture.routed(odd, call, "up"), Usage.NONE, served(1, 1));
      Eventually.holds("it is there", () -> entries() == 1);
      assertThat(all(ledger)).contains("drop table usage_hour").contains("\"calls\":1");
    }
  }

  @Test
  void aSecondProcessDoesNotWriteTheSameFiles() {
    try (DurableLedger _ = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("another process keeps its ledger in");
    }
  }
}
