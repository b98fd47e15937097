package dev.turnpike.exchange;

/** What one caller may see of one endpoint, by the same decision that judges a call. */
public interface Visibility {
  boolean shows(Target target);

  /** Whether every caller sees the same. */
  boolean uniform();
}
