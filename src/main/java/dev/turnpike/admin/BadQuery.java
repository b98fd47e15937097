package dev.turnpike.admin;

import java.io.Serial;

/** A query that cannot be answered; the message says what is allowed. */
final class BadQuery extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  BadQuery(String message) {
    this(400, message);
  }

  /** One that another status says more of than 400. */
  BadQuery(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
