package dev.turnpike.flags;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One flag, as its file describes it. All of them are on or off.
 *
 * @param key as in {@code protocol.mcp.2025-06-18}
 * @param locked whether nobody may switch it while the process runs
 * @param fallback what holds where its targeting says nothing, or cannot be asked
 * @param owner a role, such as {@code maintainers}
 * @param since the release that brought it
 * @param expires the last day of an alpha or a beta
 * @param killSwitch the key of a flag without which this one is off
 * @param removeAfter the day from which something deprecated may vanish
 * @param lane what an alpha may take of its lane
 */
public record Flag(
    String key,
    Kind kind,
    Stage stage,
    boolean locked,
    boolean fallback,
    String description,
    String owner,
    String since,
    Optional<LocalDate> expires,
    Optional<String> killSwitch,
    Optional<LocalDate> removeAfter,
    Optional<LaneLimits> lane) {
  /** What is not known by any file: off, unless it was released. */
  static Flag withoutFile(String key, Stage stage) {
    return new Flag(
        key,
        Kind.PROTOCOL,
        stage,
        false,
        stage == Stage.STABLE,
        "its file is missing",
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is past its last day. */
  boolean expired(LocalDate today) {
    return expires.isPresent() && today.isAfter(expires.get());
  }
}
