package dev.turnpike.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RecordedSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final ReplayLimits LIMITS = new ReplayLimits(3, 1_000, Duration.ofSeconds(60));

  private final AtomicLong now = new AtomicLong();
  private final Sessions sessions =
      new Sessions(
          Sessions.Limits.DEFAULT, LIMITS, now::get, RandomGenerator.of("L64X128MixRandom"));
  private final Session session =
      sessions.open(
          Caller.ANONYMOUS, "demo", "2025-11-25", "http://127.0.0.1:1/mcp", Optional.empty());
  private final EventLog log = session.open();
  private final RecordedSink sink = new RecordedSink();

  private void publish(String... texts) {
    for (String text : texts) {
      log.publish(Payload.of(text));
    }
  }

  @Test
  void sendsWhatFollowsTheEventThatWasSeenLast() {
    log.attach(sink);
    publish("a", "b", "c");
    RecordedSink back = new RecordedSink();
    assertThat(log.resume(back, sink.ids().getFirst())).isTrue();
    assertThat(back.texts()).containsExactly("b", "c");
    assertThat(sink.closed()).isTrue();
    publish("d");
    assertThat(back.texts()).containsExactly("b", "c", "d");
  }

  @Test
  void keepsNoMoreEventsThanItMay() {
    log.attach(sink);
    publish("a", "b", "c", "d", "e");
    RecordedSink back = new RecordedSink();
    log.resume(back, sink.ids().getFirst());
    assertThat(back.texts()).containsExactly("c", "d", "e");
  }

  @Test
  void keepsNoMoreBytesThanItMayButTheNewestEvent() {
    log.attach(sink);
    publish("x", "y".repeat(800), "z".repeat(2_000));
    RecordedSink back = new RecordedSink();
    log.resume(back, sink.ids().getFirst());
    assertThat(back.texts()).containsExactly("z".repeat(2_000));
  }

  @Test
  void forgetsEventsThatAreTooOld() {
    log.attach(sink);
    publish("a", "b");
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    RecordedSink back = new RecordedSink();
    log.resume(back, sink.ids().getFirst());
    assertThat(back.texts()).isEmpty();
  }

  @Test
  void canBeReadAfterItHasEndedAndThenEndsTheReader() {
    log.attach(sink);
    publish("a", "b");
    log.end();
    RecordedSink back = new RecordedSink();
    assertThat(log.resume(back, sink.ids().getFirst())).isTrue();
    assertThat(back.texts()).containsExactly("b");
    assertThat(back.closed()).isTrue();
  }

  @Test
  void doesNotKnowTheEventsOfAnotherSession() {
    log.attach(sink);
    publish("a");
    Session other =
        sessions.open(
            Caller.ANONYMOUS, "demo", "2025-11-25", "http://127.0.0.1:1/mcp", Optional.empty());
    other.open();
    assertThat(other.streamOf(sink.ids().getFirst())).isEmpty();
    assertThat(session.streamOf(sink.ids().getFirst())).contains(log);
  }

  @Test
  void doesNotTakeAnIdThatIsYetToCome() {
    log.attach(sink);
    publish("a");
    String later = sink.ids().getFirst().replaceFirst("-1$", "-7");
    assertThat(log.resume(new RecordedSink(), later)).isFalse();
    assertThat(log.resume(new RecordedSink(), log.key() + "-x")).isFalse();
  }

  @Test
  void stopsItsFeedWhenNobodyComesBack() {
    AtomicLong stopped = new AtomicLong();
    log.attach(sink);
    log.whenAbandoned(stopped::incrementAndGet);
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    sessions.sweep();
    assertThat(stopped.get()).as("while somebody listens").isZero();
    sink.end();
    sessions.sweep();
    assertThat(stopped.get()).as("just gone").isZero();
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    sessions.sweep();
    sessions.sweep();
    assertThat(stopped.get()).isEqualTo(1);
  }

  @Test
  void stopsItsFeedWhenItsSessionEnds() {
    AtomicLong stopped = new AtomicLong();
    log.attach(sink);
    log.whenAbandoned(stopped::incrementAndGet);
    assertThat(sessions.end(session)).isTrue();
    assertThat(stopped.get()).isEqualTo(1);
    assertThat(sink.closed()).isTrue();
    publish("a");
    assertThat(sink.texts()).isEmpty();
  }

  @Test
  void letsOldEventsGoWhileNothingIsSaidAndNobodyComesBack() {
    log.attach(sink);
    publish("a", "b");
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    sessions.sweep();
    // at the time when they were new: they are gone, and not merely passed over
    now.set(0);
    RecordedSink back = new RecordedSink();
    log.resume(back, sink.ids().getFirst());
    assertThat(back.texts()).isEmpty();
  }
}
