package dev.turnpike.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of the ledger: a page for each minute, and one for the past that was added up. Not safe
 * for several threads.
 */
final class Pages {
  private final int most;
  private final TreeMap<Long, Map<Account, Figures>> minutes = new TreeMap<>();
  private final Map<Account, Figures> past = new HashMap<>();
  private long pastUntil = Long.MIN_VALUE;
  private int lines;

  /**
   * @param most lines of all pages together
   */
  Pages(int most) {
    this.most = most;
  }

  static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60L);
  }

  void add(long minute, Account account, Figures figures) {
    Map<Account, Figures> page = minutes.computeIfAbsent(minute, _ -> new HashMap<>());
    int before = page.size();
    page.merge(account, figures, Figures::plus);
    lines += page.size() - before;
    if (lines > most) {
      fold();
    }
  }

  /** By minute, from {@code first} to {@code last}, both inclusive. */
  Map<Account, Figures> sums(long first, long last) {
    Map<Account, Figures> sums = new HashMap<>();
    if (first <= pastUntil && pastUntil <= last) {
      sums.putAll(past);
    }
    if (first <= last) {
      minutes
          .subMap(first, true, last, true)
          .values()
          .forEach(page -> page.forEach((a, figures) -> sums.merge(a, figures, Figures::plus)));
    }
    return sums;
  }

  int lines() {
    return lines;
  }

  // a quarter goes at once, so that folding is rare
  private void fold() {
    while (lines > most - most / 4 && !minutes.isEmpty()) {
      Map.Entry<Long, Map<Account, Figures>> oldest = minutes.pollFirstEntry();
      pastUntil = Math.max(pastUntil, oldest.getKey());
      lines -= oldest.getValue().size() + past.size();
      oldest.getValue().forEach(this::keep);
      lines += past.size();
    }
  }

  private void keep(Account account, Figures figures) {
    boolean room = past.containsKey(account) || past.size() < most / 4;
    past.merge(room ? account : account.nameless(), figures, Figures::plus);
  }
}
