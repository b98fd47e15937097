package dev.turnpike.conformance;

import dev.turnpike.testkit.Road;
import java.util.EnumMap;
import java.util.Map;

/** A road in front of each fixture, started when it is first asked for. */
final class ThroughTurnpike implements AutoCloseable {
  private final Fixtures fixtures = new Fixtures();
  private final Map<Era, Road> roads = new EnumMap<>(Era.class);

  String url(Era era) {
    return roads
        .computeIfAbsent(era, it -> Road.serving(Road.open("peer", fixtures.url(it))))
        .url("peer");
  }

  @Override
  public void close() {
    roads.values().forEach(Road::close);
    fixtures.close();
  }
}
