package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import java.util.Locale;
import java.util.Optional;

/** How much is to be heard of logs (RFC 5424 severities), from everything to nothing. */
public enum LogLevel {
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

  public static Optional<LogLevel> named(String name) {
    for (LogLevel level : values()) {
      if (level != NONE && level.word().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The request of a legacy session that wants to hear so much. */
  public Payload asked(RpcId id) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"method\":\"logging/setLevel\",\"params\":{\"level\":\""
            + word()
            + "\"}}");
  }

  /** As it is written in a message. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
