package dev.turnpike.protocol.a2a.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.protocol.a2a.ownership.Thing.Kind;
import org.junit.jupiter.api.Test;

class OwnersTest {
  private static final Owner ANN = new Owner("", "i", "ann", "", "");
  private static final Owner BEN = new Owner("", "i", "ben", "", "");

  private final Owners owners = new Owners(3, 5);

  private static Thing task(int number) {
    return new Thing("agent", Kind.TASK, "t" + number);
  }

  @Test
  void whatIsSomebodysStaysTheirs() {
    assertThat(owners.claim(ANN, task(1))).isTrue();
    assertThat(owners.claim(BEN, task(1))).isFalse();
    assertThat(owners.claim(ANN, task(1))).isTrue();
    assertThat(owners.owns(ANN, task(1))).isTrue();
    assertThat(owners.owns(BEN, task(1))).isFalse();
    assertThat(owners.size()).isEqualTo(1);
  }

  @Test
  void whatIsNobodysIsOwnedByNobody() {
    assertThat(owners.owns(ANN, task(1))).isFalse();
    assertThat(owners.size()).isZero();
  }

  @Test
  void aTaskAContextAndATaskOfAnotherAgentAreThreeThings() {
    assertThat(owners.claim(ANN, task(1))).isTrue();
    assertThat(owners.claim(BEN, new Thing("agent", Kind.CONTEXT, "t1"))).isTrue();
    assertThat(owners.claim(BEN, new Thing("other", Kind.TASK, "t1"))).isTrue();
  }

  @Test
  void whoHasTooManyLosesTheOneThatWasNotUsedForTheLongest() {
    for (int i = 1; i <= 3; i++) {
      owners.claim(ANN, task(i));
    }
    owners.claim(BEN, task(9));
    owners.owns(ANN, task(1));
    owners.claim(ANN, task(4));
    assertThat(owners.owns(ANN, task(1))).isTrue();
    assertThat(owners.owns(ANN, task(2))).isFalse();
    assertThat(owners.owns(ANN, task(4))).isTrue();
    assertThat(owners.owns(BEN, task(9))).isTrue();
  }

  @Test
  void allTogetherHaveNoMoreThanThereIsRoomFor() {
    for (int owner = 0; owner < 20; owner++) {
      for (int i = 0; i < 2; i++) {
        assertThat(owners.claim(new Owner("w" + owner, "", "", "", ""), task(owner * 2 + i)))
            .isTrue();
        assertThat(owners.size()).isLessThanOrEqualTo(5);
      }
    }
  }
}
