package dev.turnpike.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What usage can be told apart by. */
public enum By {
  CALLER,
  TENANT,
  ENDPOINT,
  TARGET,
  LANE;

  /** As it is written in a query and in a report, such as {@code caller}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is written so. */
  public static Optional<By> of(String key) {
    return Arrays.stream(values()).filter(by -> by.key().equals(key)).findAny();
  }
}
