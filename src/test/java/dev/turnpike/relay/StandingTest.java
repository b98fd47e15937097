package dev.turnpike.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Caller OTHER =
      new Caller(
          Optional.of(new Workload("spiffe://cluster.local/ns/a/sa/b", "cluster.local", "a", "b")),
          Optional.empty());

  private final Standing standing = new Standing(2);

  @Test
  void hasSoManyPlacesForEachCallerOnEachEndpoint() {
    assertThat(standing.enter(Caller.ANONYMOUS, "one")).isTrue();
    assertThat(standing.enter(Caller.ANONYMOUS, "one")).isTrue();
    assertThat(standing.enter(Caller.ANONYMOUS, "one")).isFalse();
    assertThat(standing.enter(Caller.ANONYMOUS, "two")).as("another endpoint").isTrue();
    assertThat(standing.enter(OTHER, "one")).as("another caller").isTrue();
  }

  @Test
  void takesNothingFromWhomItTurnsAway() {
    standing.enter(OTHER, "one");
    standing.enter(OTHER, "one");
    assertThat(standing.enter(OTHER, "one")).isFalse();
    standing.leave(OTHER, "one");
    assertThat(standing.enter(OTHER, "one")).isTrue();
    assertThat(standing.enter(OTHER, "one")).isFalse();
  }

  @Test
  void doesNotMindWhoLeavesWithoutHavingEntered() {
    standing.leave(OTHER, "one");
    assertThat(standing.enter(OTHER, "one")).isTrue();
    assertThat(standing.enter(OTHER, "one")).isTrue();
    assertThat(standing.enter(OTHER, "one")).isFalse();
  }
}
