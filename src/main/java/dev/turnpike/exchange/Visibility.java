package dev.turnpike.exchange;

import java.util.Optional;

/** What one caller may see of one endpoint, by the same decision that judges a call. */
public interface Visibility {
  /** Whether the target is shown, where it is of the upstream that the call goes to. */
  boolean shows(Target target);

  /** Whether the target of that upstream is shown. */
  boolean shows(Target target, String upstream);

  /**
   * Where every caller sees the same: what decides it. As long as it is this very object, so is
   * what is seen.
   */
  Optional<Object> decidedBy();

  /** Whether every caller sees the same. */
  boolean uniform();
}
