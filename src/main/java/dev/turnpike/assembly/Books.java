package dev.turnpike.assembly;

import dev.turnpike.account.DurableLedger;
import dev.turnpike.account.Ledger;
import dev.turnpike.account.MemoryLedger;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The ledger of the process, in its folder and in the database that it is set to. */
@ApplicationScoped
class Books implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("turnpike.ledger");

  static final String MEMORY = "memory";

  // a database takes a second of both cores to open: the first callers come before it
  private static final Duration REST = Duration.ofSeconds(3);

  private final Instance<AgroalDataSource> database;
  private final Ledger ledger;
  private @Nullable AgroalDataSource opened;
  private boolean ready;

  Books(
      ProcessConfig config,
      MeterRegistry meters,
      @DataSource("h2") Instance<AgroalDataSource> h2,
      @DataSource("postgresql") Instance<AgroalDataSource> postgresql) {
    String url = config.ledger().url().orElse(LedgerDatabase.H2);
    if (!url.equals(MEMORY)
        && !url.startsWith(LedgerDatabase.H2)
        && !url.startsWith(LedgerDatabase.POSTGRESQL)) {
      throw StartRefused.because(
          // what is there may hold a password
          "turnpike.ledger.url: expected jdbc:h2:file:..., jdbc:postgresql://... or memory");
    }
    this.database = url.startsWith(LedgerDatabase.H2) ? h2 : postgresql;
    this.ledger = opened(config, meters);
  }

  private Ledger opened(ProcessConfig config, MeterRegistry meters) {
    if (config.ledger().url().filter(MEMORY::equals).isPresent()) {
      return new MemoryLedger();
    }
    Path folder = Path.of(config.data()).resolve("ledger");
    try {
      DurableLedger durable =
          DurableLedger.open(
              folder,
              UUID.randomUUID().toString(),
              this::database,
              this::letGo,
              REST,
              config.ledger().keep(),
              InstantSource.system(),
              new LedgerLog());
      Gauge.builder("turnpike.ledger.waiting", durable, DurableLedger::waiting)
          .description("Entries that are not in the journal yet")
          .register(meters);
      Gauge.builder("turnpike.ledger.behind", durable, DurableLedger::behind)
          .description("Bytes of the journal that are not in the database yet")
          .baseUnit("bytes")
          .register(meters);
      return durable;
    } catch (IOException unusable) {
      LOG.errorf(
          "THE LEDGER CANNOT BE WRITTEN: %s. Usage is kept in memory alone until the next start;"
              + " see to the disk, or set turnpike.data",
          unusable.getMessage());
      return new MemoryLedger();
    }
  }

  // not at the start, which does not wait for a database; and again where it failed
  private synchronized AgroalDataSource database() {
    AgroalDataSource known = opened == null ? database.get() : opened;
    opened = known;
    if (!ready) {
      Flyway.configure().dataSource(known).locations("db/ledger").load().migrate();
      ready = true;
    }
    return known;
  }

  private synchronized void letGo() {
    AgroalDataSource known = opened;
    ready = false;
    if (known != null) {
      known.flush(AgroalDataSource.FlushMode.ALL);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    if (ledger instanceof DurableLedger durable) {
      durable.close();
    }
  }
}
