package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import java.util.List;
import java.util.Optional;

/** Proof that every budget has room for the call. Only {@link Budgets} can make one. */
public final class Reserved implements AutoCloseable {
  private final Permitted permitted;

  Reserved(Permitted permitted) {
    this.permitted = permitted;
  }

  public Permitted permitted() {
    return permitted;
  }

  /** What the answer's head says of the budgets; empty where none counts the call. */
  public Optional<RateHeaders> rateLimit() {
    return Optional.empty();
  }

  /** Budgets in observe mode that would have refused the call, in the order written. */
  public List<String> observed() {
    return List.of();
  }

  /**
   * Ends the reservation. The first of {@code settle} and {@link #close} decides, and the rest does
   * nothing; any thread may call either.
   *
   * @param wasSent whether the upstream may have seen the call; false gives the reservation back
   */
  public void settle(boolean wasSent) {
    throw new UnsupportedOperationException("not written yet: " + wasSent);
  }

  /** As {@code settle(false)}: what nobody settled was never sent. */
  @Override
  public void close() {
    settle(false);
  }
}
