package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PressureTest {
  private final Pressure pressure = new Pressure("day", "tokens");

  @Test
  void saysTheTightestSinceTheLastLook() {
    assertThat(pressure.share()).isEqualTo(1);
    pressure.left(0.5);
    pressure.left(0.2);
    pressure.left(0.9);
    assertThat(pressure.share()).isEqualTo(0.2);
    assertThat(pressure.share()).as("nobody has called since").isEqualTo(0.2);
    pressure.left(0.7);
    assertThat(pressure.share()).isEqualTo(0.7);
  }

  @Test
  void addsUpWhatWasUsedBeyondReservationsAndNothingElse() {
    pressure.beyond(5);
    pressure.beyond(-100);
    pressure.beyond(2);
    assertThat(pressure.beyond()).isEqualTo(7);
  }
}
