package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private final Health health = new Health();

  @ParameterizedTest
  @CsvSource({
    "true, true, false, UP",
    "false, true, false, DOWN",
    "true, false, false, DOWN",
    "true, true, true, DOWN"
  })
  void readyIsOneThatHasStartedHasAConfigurationAndIsNotEnding(
      boolean started, boolean configured, boolean ending, Status status) {
    assertThat(health.ready(new State(started, configured, ending)).call().getStatus())
        .isEqualTo(status);
  }

  @Test
  void startedIsOneThatHasDoneItsBeginnings() {
    assertThat(health.started(new State(false, true, false)).call().getStatus())
        .isEqualTo(Status.DOWN);
    assertThat(health.started(new State(true, false, false)).call().getStatus())
        .isEqualTo(Status.UP);
  }

  @Test
  void aTrailThatHasToBeWrittenAndCannotBeIsNotReady() {
    assertThat(health.trail(new State(true, false, false)).call().getStatus())
        .isEqualTo(Status.DOWN);
    assertThat(health.trail(new State(true, true, false)).call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void whoeverWaitsForTheIssuerIsNamed() {
    HealthCheckResponse waits =
        health.tokens(new State(true, true, false, List.of("tools"))).call();
    assertThat(waits.getStatus()).isEqualTo(Status.DOWN);
    assertThat(waits.getData().orElseThrow()).containsValue("tools");
    assertThat(health.tokens(new State(true, true, false)).call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void aliveDoesNotDependOnTheConfiguration() {
    assertThat(health.alive().call().getStatus()).isEqualTo(Status.UP);
  }

  private record State(boolean started, boolean configured, boolean ending, List<String> waiting)
      implements Serving {
    State(boolean started, boolean configured, boolean ending) {
      this(started, configured, ending, List.of());
    }

    @Override
    public boolean unheard() {
      return !configured;
    }
  }
}
