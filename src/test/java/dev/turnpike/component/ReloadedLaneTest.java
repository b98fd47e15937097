package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A configuration that is changed reaches every lane, whenever that was opened. */
class ReloadedLaneTest {
  private static final int REFUSED = 418;

  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch changed = new CountDownLatch(1);
  private FakeUpstream up;
  private Road road;

  @BeforeEach
  void start() {
    up = FakeUpstream.modern();
    road =
        Road.trying(
            denying(),
            Settings.DEFAULT.calling(slowlyHired()),
            List.of(new Saboteur()),
            new Trying(Trying.within(Duration.ofSeconds(20))));
  }

  @AfterEach
  void end() {
    changed.countDown();
    road.close();
    up.close();
  }

  /** Whoever hires workers has read the configuration by now, and waits for the test. */
  private Called slowlyHired() {
    return new Called() {
      @Override
      public boolean calls(String revision, String upstream) {
        return Called.RELEASED.calls(revision, upstream);
      }

      @Override
      public boolean reaches(UpstreamSpec upstream) {
        if (Thread.currentThread().getName().equals("lane-hiring")) {
          reading.countDown();
          try {
            changed.await();
          } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
          }
        }
        return Called.super.reaches(upstream);
      }
    };
  }

  private String allowing() {
    return Road.open("m", up.url());
  }

  private String denying() {
    return allowing().replace("endpoints: [m] }", "endpoints: [m], tools: [none] }");
  }

  private static RawRequest act() {
    return RawRequest.post("m", "{}").path("/sabotage/nothing");
  }

  private int acted() {
    return RawCaller.ask(road, act()).status();
  }

  @Test
  void isThatOfLanesThatAreOpen() {
    changed.countDown();
    assertThat(acted()).isEqualTo(REFUSED);
    road.reload(allowing());
    assertThat(acted()).isEqualTo(200);
    road.reload(denying());
    assertThat(acted()).isEqualTo(REFUSED);
  }

  @Test
  void isThatOfALaneThatIsBeingOpened() {
    try (RawCaller first = RawCaller.to(road).send(act())) {
      Eventually.holds("workers are being hired", () -> reading.getCount() == 0);
      road.reload(allowing());
      changed.countDown();
      assertThat(first.answer().status()).isEqualTo(200);
    }
    assertThat(acted()).isEqualTo(200);
  }
}
