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
  private record Entry(Instant until, String what) {}

  private final int most;
  private final Map<String, Instant> known = new HashMap<>();
  private final PriorityQueue<Entry> ends =
      new PriorityQueue<>((one, other) -> one.until().compareTo(other.until()));

  Seen(int most) {
    this.most = most;
  }

  /** False where it came before, or there is no room to remember it. */
  synchronized boolean add(String what, Instant until, Instant now) {
    for (Entry end = ends.peek(); end != null && end.until().isBefore(now); end = ends.peek()) {
      ends.remove();
      known.remove(end.what());
    }
    if (known.size() >= most || known.putIfAbsent(what, until) != null) {
      return false;
    }
    ends.add(new Entry(until, what));
    return true;
  }
}
