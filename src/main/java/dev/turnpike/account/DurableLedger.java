package dev.turnpike.account;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Keeps entries in a journal on the disk at once, and in a database soon after. */
public final class DurableLedger implements Ledger, AutoCloseable {
  private static final long SEGMENT_BYTES = 1024 * 1024;
  private static final long MINUTE_MILLIS = 60_000;
  // what a query may find that is not in the database yet
  private static final int MOST_UNMOVED = 1_000_000;

  private final Journal journal;
  private final Store store;
  private final Mover mover;

  DurableLedger(Journal journal, Store store, Mover mover) {
    this.journal = journal;
    this.store = store;
    this.mover = mover;
  }

  /**
   * Opens the journal, and the database when it is there. Blocks as long as the disk takes.
   *
   * @param fresh what to call the journal where it is new: other for each
   * @param database with the tables of the ledger; asked on other threads, and again after a
   *     failure
   * @param dropped lets go of all connections to the database, which has closed them for good
   * @param rest how long the database is left alone at first, while others start
   * @param kept how long single entries are kept in the database
   * @throws IOException where the journal cannot be written, or another process writes it
   */
  public static DurableLedger open(
      Path folder,
      String fresh,
      Supplier<? extends DataSource> database,
      Runnable dropped,
      Duration rest,
      Duration kept,
      InstantSource wall,
      LedgerListener listener)
      throws IOException {
    Journal journal = Journal.open(folder, fresh, SEGMENT_BYTES, listener);
    Store store = new JdbcStore(database, dropped);
    return new DurableLedger(journal, store, new Mover(journal, store, rest, kept, wall, listener));
  }

  @Override
  public void record(Instant at, Routed routed, Usage expected, Outcome outcome) {
    Entry.of(at, routed, expected, outcome).ifPresent(journal::append);
  }

  /** Entries that are not in the journal yet. */
  public int waiting() {
    return journal.waiting();
  }

  /** Bytes of the journal that are not in the database yet, about. */
  public long behind() {
    Position written = journal.written();
    Position moved = mover.moved();
    return Math.max(
        0,
        (written.segment() - moved.segment()) * SEGMENT_BYTES + written.offset() - moved.offset());
  }

  @Override
  public UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to)
      throws IOException {
    long first = from.map(at -> floor(at.toEpochMilli())).orElse(Long.MIN_VALUE);
    long last = to.map(at -> floor(at.toEpochMilli() - 1) + MINUTE_MILLIS).orElse(Long.MAX_VALUE);
    try {
      return UsageReport.of(by, journal.reading(() -> sums(first, last)));
    } catch (Store.Unavailable away) {
      throw new IOException("The ledger's database cannot be read now: " + away.getMessage(), away);
    }
  }

  private Map<Account, Figures> sums(long first, long last) throws Store.Unavailable, IOException {
    Store.Sums sums = store.sums(journal.name(), first, last);
    Map<Account, Figures> all = new HashMap<>(sums.figures());
    for (Entry entry : unmoved(sums.position())) {
      if (entry.millis() >= first && entry.millis() < last) {
        all.merge(entry.account(), entry.figures(), Figures::plus);
      }
    }
    return all;
  }

  // read after the sums, from the place that they reach to: nothing is missing, nothing there twice
  private List<Entry> unmoved(Position from) throws IOException {
    return journal.segments().read(from, journal.written(), MOST_UNMOVED).entries();
  }

  private static long floor(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }

  /** Writes and moves what there is, as far as that can be done in some seconds. Blocks. */
  @Override
  public void close() {
    journal.close();
    mover.close();
  }
}
