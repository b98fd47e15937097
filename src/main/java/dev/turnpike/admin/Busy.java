package dev.turnpike.admin;

import java.io.IOException;
import java.io.Serial;

/** Cannot be answered now; the message says what would help. */
public final class Busy extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public Busy(String message) {
    super(message);
  }
}
