package dev.turnpike.lane;

/** Hears of what goes wrong in the experimental lane. From any thread. */
public interface LaneListener {
  /**
   * A call of the alpha failed, and its caller was told that there is no such thing.
   *
   * @param flag of the alpha
   * @param bug what it threw; or says that it did not end in time, or said too much
   */
  void failed(String flag, Throwable bug);

  /** The alpha is to be off for everybody until an administrator arms it again. */
  void tripped(String flag, String why);
}
