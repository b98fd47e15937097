package dev.turnpike.config;

import java.time.Duration;

/** How much is asked of an upstream, and how long it is waited for. */
record Limits(Duration timeout, Duration idleTimeout, int concurrency) {
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);
  static final int CONCURRENCY = 1024;

  static Limits read(Section section) {
    return new Limits(
        section.field("timeout").flatMap(Field::duration).orElse(TIMEOUT),
        section.field("idle-timeout").flatMap(Field::duration).orElse(IDLE_TIMEOUT),
        section
            .field("concurrency")
            .flatMap(value -> value.number(1, 1_000_000))
            .map(Long::intValue)
            .orElse(CONCURRENCY));
  }
}
