package dev.turnpike.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Caller OTHER =
      new Caller(
          Optional.of(new Workload("spiffe://cluster.local/ns/a/sa/b", "cluster.local", "a", "b")),
          Optional.empty());

  private final Places places = new Places(2);

  @Test
  void hasSoManyPlacesForEachCallerOnEachEndpoint() {
    assertThat(places.enter(Caller.ANONYMOUS, "one")).isTrue();
    assertThat(places.enter(Caller.ANONYMOUS, "one")).isTrue();
    assertThat(places.enter(Caller.ANONYMOUS, "one")).isFalse();
    assertThat(places.enter(Caller.ANONYMOUS, "two")).as("another endpoint").isTrue();
    assertThat(places.enter(OTHER, "one")).as("another caller").isTrue();
  }

  @Test
  void takesNothingFromWhomItTurnsAway() {
    places.enter(OTHER, "one");
    places.enter(OTHER, "one");
    assertThat(places.enter(OTHER, "one")).isFalse();
    places.leave(OTHER, "one");
    assertThat(places.enter(OTHER, "one")).isTrue();
    assertThat(places.enter(OTHER, "one")).isFalse();
  }

  @Test
  void doesNotMindWhoLeavesWithoutHavingEntered() {
    places.leave(OTHER, "one");
    assertThat(places.enter(OTHER, "one")).isTrue();
    assertThat(places.enter(OTHER, "one")).isTrue();
    assertThat(places.enter(OTHER, "one")).isFalse();
  }
}
