package dev.turnpike.protocol.a2a.rest;

import java.io.Serial;
import java.util.List;

/** A request line that asks for nothing. Stackless: it is an answer to bytes. */
public final class Unroutable extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<String> allowed;
  private final boolean malformed;

  private Unroutable(String reason, List<String> allowed, boolean malformed) {
    super(reason, null, false, false);
    this.allowed = List.copyOf(allowed);
    this.malformed = malformed;
  }

  static Unroutable nothing() {
    return new Unroutable("nothing is served at this path", List.of(), false);
  }

  static Unroutable verb(List<String> allowed) {
    return new Unroutable("the path takes other verbs", allowed, false);
  }

  static Unroutable malformed(String reason) {
    return new Unroutable(reason, List.of(), true);
  }

  /** The verbs that the path takes, where only the verb is wrong; else empty. */
  public List<String> allowed() {
    return allowed;
  }

  /** Whether two readers could read it differently, and so none should: not just unknown. */
  public boolean isMalformed() {
    return malformed;
  }

  /** In words that quote no content. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
