package dev.turnpike.flags;

/** Evaluates the targeting of one set of flags. Thread-safe, and never blocks. */
@FunctionalInterface
public interface Engine {
  /** Knows of nothing: every flag is what it is otherwise. */
  Engine NONE = (_, fallback, _) -> new Answer(fallback, "its file says nothing");

  /**
   * Whether the flag is on there.
   *
   * @param fallback where its file does not say
   */
  Answer ask(String key, boolean fallback, Circumstances circumstances);

  /**
   * What it is, and why.
   *
   * @param why in words
   */
  record Answer(boolean on, String why) {}
}
