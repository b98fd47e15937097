package dev.turnpike.admin;

import java.io.Serial;

/** A query that cannot be answered; the message says what is allowed. */
final class BadQuery extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BadQuery(String message) {
    super(message, null, false, false);
  }
}
