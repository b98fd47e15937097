package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.accept.FakeRequest.Link;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final Duration AGE = Duration.ofMinutes(30);

  private final AtomicLong now = new AtomicLong();
  private final Connections connections =
      new Connections(AGE, now::get, RandomGenerator.of("L64X128MixRandom"));
  private final Link plain = new Link(HttpVersion.HTTP_1_1);
  private final Link second = new Link(HttpVersion.HTTP_2);

  @Test
  void lastForTheirAgeGiveOrTakeATwentieth() {
    assertThat(connections.enter(plain.request())).isFalse();
    now.addAndGet(AGE.toNanos() * 94 / 100);
    assertThat(connections.enter(plain.request())).as("not yet old").isFalse();
    now.addAndGet(AGE.toNanos() * 12 / 100);
    assertThat(connections.finished(plain.request())).isFalse();
    assertThat(connections.enter(plain.request())).as("old").isTrue();
    assertThat(connections.finished(plain.request())).isTrue();
  }

  @Test
  void sayGoodbyeOnceWhereHttp2HasAFrameForIt() {
    connections.enter(second.request());
    now.addAndGet(2 * AGE.toNanos());
    assertThat(connections.enter(second.request())).as("others share it").isFalse();
    connections.enter(second.request());
    connections.drain();
    assertThat(second.done).containsExactly("goAway");
    assertThat(connections.finished(second.request())).isFalse();
  }

  @Test
  void areLetGoOfAtADrainWhereNothingIsUnderWay() {
    HttpServerRequest request = plain.request();
    connections.enter(request);
    connections.leave(request);
    connections.enter(second.request());
    connections.drain();
    assertThat(plain.done).containsExactly("close");
    assertThat(second.done).containsExactly("goAway");
  }

  @Test
  void areLetGoOfAfterADrainWithTheLastThatIsUnderWay() {
    HttpServerRequest one = second.request();
    HttpServerRequest two = second.request();
    connections.enter(one);
    connections.enter(two);
    connections.drain();
    connections.leave(one);
    assertThat(second.done).doesNotContain("close");
    connections.leave(two);
    assertThat(second.done).endsWith("close");
  }

  @Test
  void areNotLetGoOfForBeingIdle() {
    HttpServerRequest request = plain.request();
    connections.enter(request);
    connections.leave(request);
    assertThat(plain.done).isEmpty();
  }

  @Test
  void takeNothingMoreBehindAnAnswerThatWasTheLast() {
    HttpServerRequest request = plain.request();
    connections.enter(request);
    connections.finish(request);
    assertThat(connections.finished(plain.request())).isTrue();
    connections.enter(second.request());
    connections.finish(second.request());
    assertThat(connections.finished(second.request())).as("others share it").isFalse();
  }

  @Test
  void areCountedWhileTheyAreOpen() {
    connections.enter(plain.request());
    connections.enter(plain.request());
    connections.enter(second.request());
    assertThat(connections.open()).isEqualTo(2);
    plain.closed();
    assertThat(connections.open()).isEqualTo(1);
  }

  @Test
  void areNotMissedByWhatLeavesThemTooLate() {
    HttpServerRequest request = plain.request();
    connections.enter(request);
    plain.closed();
    connections.leave(request);
    connections.drain();
    assertThat(plain.done).isEmpty();
  }
}
