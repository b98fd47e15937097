package dev.turnpike.flags;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a flag is for. */
public enum Kind {
  /** A protocol, or a revision of one. */
  PROTOCOL,
  /** Something that Turnpike does. */
  FEATURE,
  /** Turns off several others at once. */
  KILL_SWITCH,
  /** How the process is run; shown, and changed by those who deploy it. */
  OPS;

  /** As files write it, such as {@code kill-switch}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
