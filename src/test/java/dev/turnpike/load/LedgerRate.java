package dev.turnpike.load;

import dev.turnpike.account.DurableLedger;
import dev.turnpike.account.LedgerListener;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.Routed;
import dev.turnpike.route.RoutedFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The ledger alone, with H2, at 20,000 entries a second for a minute: whether what is behind grows.
 *
 * @param lags bytes of the journal that the database did not have, each five seconds
 * @param held entries in the end, of those that were made
 */
record LedgerRate(List<Long> lags, long held, long made, Duration caughtUp) {
  private static final int PER_SECOND = 20_000;
  private static final int SECONDS = 60;
  private static final int ACCOUNTS = 200;

  static LedgerRate of(Plan plan) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(plan.output().toAbsolutePath(), "ledger");
    JdbcConnectionPool h2 =
        JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("usage"), "turnpike", "");
    Flyway.configure().dataSource(h2).locations("db/ledger").load().migrate();
    AtomicLong lost = new AtomicLong();
    DurableLedger ledger =
        DurableLedger.open(
            folder,
            UUID.randomUUID().toString(),
            () -> h2,
            () -> {},
            Duration.ZERO,
            Duration.ofDays(30),
            InstantSource.system(),
            new LedgerListener() {
              @Override
              public void written(long missing) {
                lost.addAndGet(missing);
              }
            });
    List<Routed> routed = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      Caller caller = Exchanges.subject("caller-" + i, "tenant-" + i % 10);
      routed.add(
          RoutedFixture.routed(caller, Exchanges.call("tools", "tool_" + i % 20, "{}"), "up"));
    }
    Outcome served =
        new Outcome.Served(new Usage(Count.counted(120), Count.counted(480), 0, Count.NONE));
    List<Long> lags = new ArrayList<>();
    long start = System.nanoTime();
    long made = 0;
    System.out.println("the ledger alone");
    for (int second = 1; second <= SECONDS; second++) {
      while (System.nanoTime() - start < second * 1_000_000_000L) {
        long due = (System.nanoTime() - start) * PER_SECOND / 1_000_000_000L;
        while (made < Math.min(due, (long) second * PER_SECOND)) {
          ledger.record(Instant.now(), routed.get((int) (made % ACCOUNTS)), Usage.NONE, served);
          made++;
        }
        LockSupport.parkNanos(1_000_000);
      }
      if (second % 5 == 0) {
        lags.add(ledger.behind());
        System.out.printf("%,d entries; behind: %,d bytes%n", made, ledger.behind());
      }
    }
    long ended = System.nanoTime();
    while (ledger.behind() > 0 && System.nanoTime() - ended < 60_000_000_000L) {
      LockSupport.parkNanos(10_000_000);
    }
    Duration caughtUp = Duration.ofNanos(System.nanoTime() - ended);
    long held = ledger.usage(Set.of(), Optional.empty(), Optional.empty()).total().calls();
    ledger.close();
    h2.dispose();
    return new LedgerRate(lags, held, made, caughtUp);
  }

  String text() {
    return """

    the ledger alone, %,d entries a second for %d seconds:
      behind, in KiB, each five seconds: %s
      held in the end: %,d of %,d; caught up after %,d ms
    """
        .formatted(
            PER_SECOND,
            SECONDS,
            lags.stream().map(lag -> lag / 1024).toList(),
            held,
            made,
            caughtUp.toMillis());
  }
}
