package dev.turnpike.assembly;

import dev.turnpike.account.DurableLedger;
import dev.turnpike.account.Ledger;
import dev.turnpike.account.MemoryLedger;
import io.agroal.api.AgroalDataSource;
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

  // a database takes a second of both cores to open: the first callers come before it
  private static final Duration REST = Duration.ofSeconds(3);

  private final Instance<AgroalDataSource> database;
  private final Ledger ledger;
  private @Nullable AgroalDataSource ready;

  Books(
      ProcessConfig config,
      @DataSource("h2") Instance<AgroalDataSource> h2,
      @DataSource("postgresql") Instance<AgroalDataSource> postgresql) {
    String url = config.ledger().url().orElse(LedgerDatabase.H2);
    if (!url.startsWith(LedgerDatabase.H2) && !url.startsWith(LedgerDatabase.POSTGRESQL)) {
      throw StartRefused.because(
          "turnpike.ledger.url: expected jdbc:h2:file:... or jdbc:postgresql://..., found '"
              + url
              + "'");
    }
    this.database = url.startsWith(LedgerDatabase.H2) ? h2 : postgresql;
    this.ledger = opened(config);
  }

  private Ledger opened(ProcessConfig config) {
    Path folder = Path.of(config.data()).resolve("ledger");
    try {
      return DurableLedger.open(
          folder,
          UUID.randomUUID().toString(),
          this::database,
          REST,
          config.ledger().keep(),
          InstantSource.system(),
          new LedgerLog());
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
    AgroalDataSource known = ready;
    if (known == null) {
      known = database.get();
      Flyway.configure().dataSource(known).locations("db/ledger").load().migrate();
      ready = known;
    }
    return known;
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
