package dev.turnpike.sse;

/** A line or an event over the bound. The reader that threw it reads no further. */
public final class SseTooLarge extends Exception {
  private static final long serialVersionUID = 1L;

  public SseTooLarge(int maxBytes) {
    super("over " + maxBytes + " bytes in one piece of a stream", null, false, false);
  }
}
