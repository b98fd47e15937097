package dev.turnpike.lane;

import dev.turnpike.exchange.Refused;

/**
 * The workers of a call are gone, in the middle of it. Its caller is told so; and where that comes
 * again and again, it is the alpha that ends them.
 */
public final class WorkersLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refused no;

  /**
   * @param no what the caller is told
   */
  public WorkersLost(Refused no) {
    super("the workers of the call are gone", no);
    this.no = no;
  }

  Refused no() {
    return no;
  }
}
