package dev.turnpike.protocol.alpha.tasks;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Tasks whose result was counted when it was fetched: whoever fetches it again pays nothing. The
 * last ten thousand of this process are known. Thread-safe.
 */
final class CountedTasks {
  private static final int MOST = 10_000;

  private final SequencedSet<SealedTasks.Task> counted = new LinkedHashSet<>();

  synchronized boolean contains(SealedTasks.Task task) {
    return counted.contains(task);
  }

  synchronized void add(SealedTasks.Task task) {
    if (counted.add(task) && counted.size() > MOST) {
      counted.removeFirst();
    }
  }
}
