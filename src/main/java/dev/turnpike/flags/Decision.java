package dev.turnpike.flags;

/**
 * Whether a flag is on, and why.
 *
 * @param because what decided
 * @param why in words, for administrators
 */
public record Decision(boolean on, Because because, String why) {
  /** What decides, the strongest first. */
  public enum Because {
    /** There is no such flag. */
    UNKNOWN,
    /** Pre-alpha, or an alpha of which the file or the switches are not known. */
    STAGE,
    EXPIRED,
    KILL_SWITCH,
    /** An administrator has switched it for the tenant. */
    TENANT,
    /** An administrator has switched it for all. */
    ALL,
    /** Its file, by targeting or by default. */
    FILE
  }
}
