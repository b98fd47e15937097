package dev.turnpike.config;

/**
 * The value of {@code audit}.
 *
 * @param required whether nothing is served that cannot be written in the audit trail
 */
public record AuditSpec(boolean required) {
  /** The road goes on without a trail. */
  public static final AuditSpec DEFAULT = new AuditSpec(false);
}
