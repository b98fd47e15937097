package dev.turnpike.account;

import java.util.List;
import java.util.Map;

/** Where entries are in the end. Blocks; for several threads. */
interface Store {
  /** It cannot be used now; whether what was asked for was done is not known. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Up to where a journal has been moved; its beginning, where nothing was. */
  Position position(String journal) throws Unavailable;

  /**
   * Takes entries and remembers the place behind them, both or neither.
   *
   * @param from the place that it has to remember now: one that was opened anew may have lost what
   *     came later, and then takes nothing
   */
  void put(String journal, Position from, List<Entry> entries, Position next) throws Unavailable;

  /** Has the disk keep what was put so far: a database may say that it is done before that. */
  void secure() throws Unavailable;

  /**
   * What there is.
   *
   * @param position up to where the journal was moved when this was read
   */
  record Sums(Map<Account, Figures> figures, Position position) {}

  /**
   * Sums from one moment (inclusive) to another (exclusive), in milliseconds since 1970; of old
   * entries by whole hours.
   */
  Sums sums(String journal, long fromMillis, long toMillis) throws Unavailable;

  /** Forgets single entries before that moment; what they come to by hours stays. */
  void forget(long beforeMillis) throws Unavailable;
}
