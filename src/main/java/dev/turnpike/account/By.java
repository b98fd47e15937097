package dev.turnpike.account;

/** What usage can be told apart by. */
public enum By {
  CALLER,
  TENANT,
  ENDPOINT,
  TARGET,
  LANE;

  /** As it is written in a query and in a report, such as {@code caller}. */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
