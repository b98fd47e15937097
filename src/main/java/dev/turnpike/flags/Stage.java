package dev.turnpike.flags;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a feature has come. It goes from one to a later one, and never back. */
public enum Stage {
  /** In no release. Off, whatever is said. */
  PRE_ALPHA,
  /** Off until an administrator turns it on; may vanish without notice. */
  ALPHA,
  /** On or off as its file says. */
  BETA,
  /** Released. */
  STABLE,
  /** Still there for who needs it. */
  DEPRECATED;

  /** As files write it, such as {@code pre-alpha}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Stage> of(String word) {
    return Arrays.stream(values()).filter(stage -> stage.word().equals(word)).findFirst();
  }
}
