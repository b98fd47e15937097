package dev.turnpike.tokens;

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
    /** The answer to a call. */
    RESULT,
    /** What there is to call. */
    DEFINITIONS
  }

  public Weight {
    pieces = List.copyOf(pieces);
  }

  /** Both together; the later one knows better what was used in all. */
  public Weight and(Weight later) {
    if (later.kind == Kind.NOTHING) {
      return this;
    }
    if (kind == Kind.NOTHING) {
      return later;
    }
    List<Piece> both = new ArrayList<>(pieces);
    both.addAll(later.pieces);
    return new Weight(
        later.kind,
        both,
        fixed + later.fixed,
        later.reported.equals(Reported.NOTHING) ? reported : later.reported);
  }
}
