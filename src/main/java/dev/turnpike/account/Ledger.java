package dev.turnpike.account;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who used what, minute by minute, in memory. Safe for any thread.
 *
 * <p>What counts: calls that run, fetch or subscribe to a target, and that an upstream answered,
 * wholly or in part, with their tokens; of lists, the tokens of what they define. Refused calls and
 * the opening and closing of conversations do not.
 *
 * <p>It holds 200,000 lines. When it is full, the oldest minutes are added up into one stretch, and
 * accounts of that stretch beyond 50,000 lose their names; no figure is ever lost.
 */
public final class Ledger {
  private static final int MOST = 200_000;

  private final Pages pages;

  public Ledger() {
    this(MOST);
  }

  Ledger(int most) {
    this.pages = new Pages(most);
  }

  /**
   * Takes down how a call ended; what does not count is passed over. A further round of a call adds
   * its tokens, and no call.
   */
  public void record(Instant at, Routed routed, Outcome outcome) {
    boolean counts = counts(routed.call());
    switch (outcome) {
      case Outcome.Served(var usage) -> {
        if (counts || usage.definitions().tokens() > 0) {
          add(at, routed, usage, counts && !routed.continued() ? 1 : 0);
        }
      }
      case Outcome.Cut _ -> {
        if (counts) {
          add(at, routed, Usage.NONE, routed.continued() ? 0 : 1);
        }
      }
      case Outcome.TurnedAway _, Outcome.Broken _ -> {}
    }
  }

  private static boolean counts(Call call) {
    return switch (call.verb()) {
      case INVOKE, READ, SUBSCRIBE -> call.target().isPresent();
      case DISCOVER, CONTROL -> false;
    };
  }

  private void add(Instant at, Routed routed, Usage usage, long calls) {
    Figures figures = Figures.of(calls, usage);
    synchronized (pages) {
      pages.add(Pages.minute(at), Account.of(routed.caller(), routed.call()), figures);
    }
  }

  /**
   * What was used from {@code from} (inclusive) to {@code to} (exclusive), by whole minutes: the
   * minute of {@code from} is in, and so is every one that begins before {@code to}. A stretch of
   * old minutes that was added up counts as its last minute.
   *
   * @param by what to tell apart; empty: one row with everything
   */
  public UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to) {
    long first = from.map(Pages::minute).orElse(Long.MIN_VALUE);
    long last = to.map(end -> Pages.minute(end.minusNanos(1))).orElse(Long.MAX_VALUE);
    Map<Account, Figures> sums;
    synchronized (pages) {
      sums = pages.sums(first, last);
    }
    Map<Map<By, String>, Figures> rows = new HashMap<>();
    sums.forEach((account, figures) -> rows.merge(keys(by, account), figures, Figures::plus));
    return UsageReport.of(rows);
  }

  private static Map<By, String> keys(Set<By> by, Account account) {
    Map<By, String> keys = new EnumMap<>(By.class);
    by.forEach(each -> keys.put(each, account.by(each)));
    return keys;
  }
}
