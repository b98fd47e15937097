package dev.turnpike.identify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What came before and must not come again, for as long as it could. When it is full nothing new is
 * taken: to forget one would let it in twice. Thread-safe.
 */
final class Seen {
  private record Entry(Instant until, String of, String what) {}

  private static final int SHARE = 4;

  private final int most;
  private final Map<String, Instant> known = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final PriorityQueue<Entry> ends =
      new PriorityQueue<>((one, other) -> one.until().compareTo(other.until()));

  Seen(int most) {
    this.most = most;
  }

  /**
   * False where it came before, or there is no room to remember it: one may have a quarter of all
   * there is.
   */
  synchronized boolean add(String of, String id, Instant until, Instant now) {
    String what = of + " " + id;
    for (Entry end = ends.peek(); end != null && end.until().isBefore(now); end = ends.peek()) {
      ends.remove();
      known.remove(end.what());
      counts.computeIfPresent(end.of(), (_, count) -> count > 1 ? count - 1 : null);
    }
    if (known.size() >= most
        || counts.getOrDefault(of, 0) >= Math.max(1, most / SHARE)
        || known.putIfAbsent(what, until) != null) {
      return false;
    }
    ends.add(new Entry(until, of, what));
    counts.merge(of, 1, Integer::sum);
    return true;
  }
}
