package dev.turnpike.audit;

/** Hears how the writing of a trail goes. On the thread that writes. */
public interface TrailListener {
  /** Records cannot be written; told at once, and then once a minute until they can. */
  void broken(String why);

  /** Records are missing that were written before the start; the trail says so, too. */
  void missing(long records);

  /**
   * Records are written again.
   *
   * @param lost that there was no room for meanwhile; the trail says so, too
   */
  void restored(long lost);
}
