package dev.turnpike.identify;

/** Hears of names of programs that are not believed. On the event loop of the request. */
@FunctionalInterface
public interface Rejections {
  /** Nobody hears. */
  Rejections UNHEARD = _ -> {};

  /**
   * @param reason one word of a small set, fit for a metric
   */
  void rejected(String reason);
}
