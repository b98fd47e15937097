package dev.turnpike.tokens;

import dev.turnpike.tokens.Reporting.Several;
import java.util.ArrayList;
import java.util.List;

/**
 * What of one message goes into a model's context.
 *
 * @param kind what it is to the model
 * @param pieces its texts
 * @param fixed tokens of what is no text, by the rule for images and audio
 * @param reported what the peer says that the call used
 */
public record Weight(Kind kind, List<Piece> pieces, long fixed, Reported reported) {
  /** Nothing of it does. */
  public static final Weight NONE = new Weight(Kind.NOTHING, List.of(), 0, Reported.NOTHING);

  /** What a message is to a model. */
  public enum Kind {
    NOTHING,
    /** An answer that asks for something before there is a result; has no pieces. */
    ROUND,
    /** The answer to a call. */
    RESULT,
    /** What there is to call. */
    DEFINITIONS
  }

  public Weight {
    pieces = List.copyOf(pieces);
  }

  /** Both together, of one call. */
  public Weight and(Weight later, Several several) {
    if (later.kind == Kind.NOTHING) {
      return this;
    }
    if (kind == Kind.NOTHING) {
      return later;
    }
    List<Piece> both = new ArrayList<>(pieces);
    both.addAll(later.pieces);
    return new Weight(later.kind, both, fixed + later.fixed, reported.and(later.reported, several));
  }
}
