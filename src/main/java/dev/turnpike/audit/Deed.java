package dev.turnpike.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is to be remembered: who did what, and what came of it.
 *
 * @param at when it was over
 * @param members in the order in which they are written; numbers are written as such
 */
public record Deed(Instant at, Map<String, Object> members) {
  private static final int LONGEST = 1_024;

  public Deed {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Builds one; what is not known is left out. */
  static final class Builder {
    private final Map<String, Object> members = new LinkedHashMap<>();

    Builder put(String name, String value) {
      if (!value.isEmpty()) {
        members.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
      }
      return this;
    }

    Builder put(String name, long value) {
      members.put(name, value);
      return this;
    }

    Deed build(Instant at) {
      return new Deed(at, members);
    }
  }

  /**
   * An act of whoever runs Turnpike, or of Turnpike itself.
   *
   * @param by who did it, such as the name of an administrator; empty where nobody in particular
   */
  public static Deed act(Instant at, String act, String by, String outcome, String detail) {
    return new Builder()
        .put("kind", "administrative")
        .put("act", act)
        .put("caller", by)
        .put("outcome", outcome)
        .put("detail", detail)
        .build(at);
  }
}
