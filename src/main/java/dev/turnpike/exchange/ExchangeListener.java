package dev.turnpike.exchange;

import java.util.List;

/** Watches exchanges. Metrics and the access log are listeners; steps know none of them. */
@FunctionalInterface
public interface ExchangeListener {
  /** A request has come in. Called once, before any step; what comes of it goes to the watch. */
  Watch begun(Inbound inbound);

  /** The same, of a caller who is known already. */
  default Watch begun(Inbound inbound, Caller caller) {
    Watch watch = begun(inbound);
    watch.identified(caller);
    return watch;
  }

  /**
   * One exchange, told in the order of the road. Every call is on the thread of the exchange, and
   * {@link #ended} comes exactly once, last.
   */
  interface Watch {
    /**
     * The rules that it is judged by.
     *
     * @param policy what they are called
     */
    default void governed(String policy) {}

    default void identified(Caller caller) {}

    default void read(Call call) {}

    default void routed(String upstream) {}

    default void permitted(Grounds grounds) {}

    /**
     * Every budget has room.
     *
     * @param observed budgets in observe mode that would have refused it
     * @param estimate what it will probably come to
     */
    default void reserved(List<String> observed, Usage estimate) {}

    /** The upstream's head has come. */
    default void answered() {}

    /**
     * The caller has the whole answer, and what it came to is being counted. Not told of an
     * exchange of which nothing is to be counted.
     */
    default void delivered() {}

    default void ended(Outcome outcome) {}
  }
}
