package dev.turnpike.protocol.mcp.bridge.tolegacy;

import java.util.Locale;
import java.util.Optional;

/** How much is to be heard of logs (RFC 5424 severities), from everything to nothing. */
enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY,
  /** Nothing was asked for. */
  NONE;

  static Optional<LogLevel> named(String name) {
    for (LogLevel level : values()) {
      if (level != NONE && level.word().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** As it is written in a message. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
