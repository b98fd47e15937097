package dev.turnpike.rpc;

/**
 * A document that the scanner refuses. Says what is wrong and where, and never quotes the content.
 * Without a stack trace: it is an answer to bytes, not a fault of this program.
 */
public final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int offset;

  public MalformedJson(Reason reason, int offset) {
    super(reason.words + " at byte " + offset, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /** The same, with the offset counted from there. */
  MalformedJson countedFrom(int zero) {
    return zero == 0 ? this : new MalformedJson(reason, offset - zero);
  }

  public Reason reason() {
    return reason;
  }

  /** The byte, counted from 0, where it was noticed; the size of the document when it ended. */
  public int offset() {
    return offset;
  }

  /** What is wrong. */
  public enum Reason {
    SYNTAX("not JSON"),
    TRUNCATED("the document ends too early"),
    TRAILING("bytes after the document"),
    DUPLICATE_KEY("a member name occurs twice in one object"),
    BAD_UTF8("not UTF-8"),
    LONE_SURROGATE("an escape of half a surrogate pair"),
    TOO_DEEP("nested too deep"),
    TOO_MANY_MEMBERS("too many members and elements");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }
}
