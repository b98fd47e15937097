package dev.turnpike.budget;

import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Both clocks, moved by hand. */
final class TestClock implements Ticker, InstantSource {
  private volatile long nanos = 5;
  private volatile Instant wall = Instant.parse("2026-11-23T12:00:00Z");

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  Moment now() {
    return new Moment(nanos, wall);
  }

  void pass(Duration time) {
    nanos = nanos + time.toNanos();
    wall = wall.plus(time);
  }

  /** Moves the wall clock alone. */
  void set(String instant) {
    wall = Instant.parse(instant);
  }
}
