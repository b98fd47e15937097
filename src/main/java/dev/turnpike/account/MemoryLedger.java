package dev.turnpike.account;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps minutes in memory, as long as the process lives.
 *
 * <p>It holds 200,000 lines. When it is full, the oldest minutes are added up into one stretch,
 * which counts as its last minute, and accounts of that stretch beyond 50,000 lose their names; no
 * figure is ever lost.
 */
public final class MemoryLedger implements Ledger {
  private static final int MOST = 200_000;

  private final Pages pages;

  public MemoryLedger() {
    this(MOST);
  }

  MemoryLedger(int most) {
    this.pages = new Pages(most);
  }

  @Override
  public void record(Instant at, Routed routed, Usage expected, Outcome outcome) {
    Entry.of(at, routed, expected, outcome)
        .ifPresent(entry -> {
          synchronized (pages) {
            pages.add(Pages.minute(at), entry.account(), entry.figures());
          }
        });
  }

  @Override
  public UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to) {
    long first = from.map(Pages::minute).orElse(Long.MIN_VALUE);
    long last = to.map(end -> Pages.minute(end.minusNanos(1))).orElse(Long.MAX_VALUE);
    Map<Account, Figures> sums;
    synchronized (pages) {
      sums = pages.sums(first, last);
    }
    return UsageReport.of(by, sums);
  }
}
