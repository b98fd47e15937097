package dev.turnpike.lane;

import java.util.ArrayDeque;
import java.util.Queue;

/** The places of one lane, and who waits for one. Thread-safe. */
final class Admission {
  private final int places;
  private final int queue;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int taken;

  /**
   * @param places calls under way at once
   * @param queue calls that may wait
   */
  Admission(int places, int queue) {
    this.places = places;
    this.queue = queue;
  }

  /**
   * Takes a place for the call, which begins at once or when one is free; false where it can not
   * even wait.
   */
  boolean enter(Runnable begin) {
    synchronized (this) {
      if (taken >= places) {
        return waiting.size() < queue && waiting.add(begin);
      }
      taken++;
    }
    begin.run();
    return true;
  }

  /** Gives the place to who has waited longest. */
  void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        taken--;
      }
    }
    if (next != null) {
      next.run();
    }
  }

  /** Places that are taken, or waited for. */
  synchronized int open() {
    return taken + waiting.size();
  }
}
