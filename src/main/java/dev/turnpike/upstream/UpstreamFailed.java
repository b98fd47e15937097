package dev.turnpike.upstream;

import dev.turnpike.exchange.Refusal;
import java.io.Serial;

/**
 * An upstream did not answer, or not in a way that can be read. Stackless: it is an event of the
 * network.
 */
public final class UpstreamFailed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What went wrong. */
  public enum Kind {
    /** No connection: nothing was sent. */
    UNREACHABLE,
    /** Nothing came within the time allowed. */
    TIMED_OUT,
    /** The connection broke after something was sent. */
    BROKEN_OFF,
    /** The answer is no HTTP, too large, or of a type that is not taken. */
    UNREADABLE,
    /** Whoever asked does not want to know any more. */
    CANCELLED,
    /** The circuit is open, or it has all the exchanges it may have: it was not asked. */
    SHED
  }

  private final Kind kind;

  public UpstreamFailed(Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  /** Whoever asked does not wait for it any more. */
  public static UpstreamFailed unwanted() {
    return new UpstreamFailed(Kind.CANCELLED, "is not waited for any more");
  }

  public Kind kind() {
    return kind;
  }

  /** What a caller is told who called that upstream. */
  public Refusal refusal(String upstream) {
    return switch (kind) {
      case UNREACHABLE -> new Refusal.UpstreamUnavailable(upstream, reason(), false);
      case BROKEN_OFF, UNREADABLE, CANCELLED -> new Refusal.UpstreamUnavailable(upstream, reason());
      case TIMED_OUT -> new Refusal.UpstreamTimedOut(upstream, reason());
      case SHED -> new Refusal.UpstreamShed(upstream, reason());
    };
  }

  /** In words that may be told to a caller. */
  public String reason() {
    String message = getMessage();
    return message == null ? kind.name() : message;
  }
}
