package dev.turnpike.protocol.alpha.tasks;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Tasks whose result was counted when it was fetched, by the ids that their callers have: whoever
 * fetches it again pays nothing. The last ten thousand of this process are known. Thread-safe.
 */
final class CountedTasks {
  private static final int MOST = 10_000;

  private final SequencedSet<String> counted = new LinkedHashSet<>();

  synchronized boolean contains(String sealed) {
    return counted.contains(sealed);
  }

  synchronized void add(String sealed) {
    if (counted.add(sealed) && counted.size() > MOST) {
      counted.removeFirst();
    }
  }
}
