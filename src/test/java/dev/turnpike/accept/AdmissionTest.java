package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.accept.Admission.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final List<Runnable> alarms = new ArrayList<>();
  private long nowNanos;
  private final Admission admission =
      new Admission(
          (_, action) -> alarms.add(action),
          new AcceptLimits.Room(2, 100, Duration.ofMillis(20), Duration.ofMillis(100)),
          () -> nowNanos);

  private void after(int millis) {
    nowNanos += Duration.ofMillis(millis).toNanos();
  }

  private void beat() {
    List<Runnable> due = List.copyOf(alarms);
    alarms.clear();
    due.forEach(Runnable::run);
  }

  /** One turn of a loop that has this much to do: whether its last call is turned away. */
  private boolean turn(int millis) {
    admission.late();
    after(millis);
    boolean late = admission.late();
    beat();
    return late;
  }

  @Test
  void asManyAsThereIsRoomFor() {
    assertThat(admission.enter()).isEqualTo(Entry.ADMITTED);
    assertThat(admission.enter()).isEqualTo(Entry.ADMITTED);
    assertThat(admission.enter()).isEqualTo(Entry.TURNED_AWAY);
    assertThat(admission.enter()).isEqualTo(Entry.TURNED_AWAY);
    assertThat(admission.enter()).isEqualTo(Entry.FLOODED);
    admission.leave(Entry.ADMITTED, 0);
    assertThat(admission.enter()).as("who is turned away takes no place").isEqualTo(Entry.ADMITTED);
    admission.leave(Entry.FLOODED, 0);
    admission.leave(Entry.TURNED_AWAY, 0);
    assertThat(admission.enter()).isEqualTo(Entry.TURNED_AWAY);
    assertThat(admission.exchanges()).isEqualTo(2);
  }

  @Test
  void bodiesShareOneBound() {
    admission.enter();
    assertThat(admission.hold(60)).isTrue();
    admission.enter();
    assertThat(admission.hold(60)).isFalse();
    admission.leave(Entry.ADMITTED, 60);
    assertThat(admission.hold(30)).isTrue();
    assertThat(admission.bytes()).isEqualTo(90);
  }

  @Test
  void aLoopThatKeepsUpIsNeverLate() {
    for (int i = 0; i < 100; i++) {
      assertThat(turn(19)).isFalse();
    }
  }

  @Test
  void oneLongMomentIsNotLate() {
    assertThat(turn(500)).isFalse();
    assertThat(turn(1)).isFalse();
    assertThat(turn(500)).isFalse();
  }

  @Test
  void aLoopThatStaysBehindIsLateUntilItHasCaughtUp() {
    for (int i = 0; i < 2; i++) {
      assertThat(turn(60)).as("turn " + i).isFalse();
    }
    assertThat(turn(60)).isTrue();
    assertThat(turn(60)).isTrue();
    assertThat(turn(2)).isFalse();
    assertThat(turn(60)).isFalse();
  }

  @Test
  void whatComesEarlyInALateTurnIsTaken() {
    for (int i = 0; i < 4; i++) {
      turn(60);
    }
    assertThat(admission.late()).isFalse();
    after(24);
    assertThat(admission.late()).isFalse();
    after(1);
    assertThat(admission.late()).isTrue();
  }

  @Test
  void wasBehindBeforeARestSaysNothingAfterIt() {
    for (int i = 0; i < 4; i++) {
      turn(60);
    }
    after(5_000);
    assertThat(turn(60)).isFalse();
  }

  @Test
  void aLoopWithoutRequestsHasNoAlarm() {
    assertThat(alarms).isEmpty();
    admission.late();
    admission.late();
    assertThat(alarms).hasSize(1);
    beat();
    assertThat(alarms).isEmpty();
  }
}
