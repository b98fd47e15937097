package dev.turnpike.audit;

import java.util.function.Consumer;

/**
 * Bounds what those write who are nobody in particular: of the records of one second the first
 * {@value #EACH_SECOND} are kept, and how many more there were is a record itself, written with the
 * next that comes. Thread-safe.
 */
public final class Strangers implements Consumer<Deed> {
  static final int EACH_SECOND = 20;

  private final Consumer<Deed> trail;
  private long second;
  private int kept;
  private long untold;

  public Strangers(Consumer<Deed> trail) {
    this.trail = trail;
  }

  @Override
  public synchronized void accept(Deed deed) {
    if (deed.at().getEpochSecond() != second) {
      if (untold > 0) {
        trail.accept(
            new Deed.Builder()
                .put("kind", "refused")
                .put("caller", "anonymous")
                .put("outcome", "refused")
                .put("more", untold)
                .build(deed.at()));
      }
      second = deed.at().getEpochSecond();
      kept = 0;
      untold = 0;
    }
    if (kept < EACH_SECOND) {
      kept++;
      trail.accept(deed);
    } else {
      untold++;
    }
  }
}
