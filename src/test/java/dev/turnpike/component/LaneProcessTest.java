package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.turnpike.assembly.LaneProcess;
import dev.turnpike.assembly.Settings;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.lane.WorkersLost;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.OtherProcess;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The experimental lane as a process of its own, whose alpha takes all of its threads, or all of
 * its memory, or ends it: the stable one goes on.
 */
class LaneProcessTest {
  private static final Duration TIME = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private final Trying flags = new Trying(Trying.within(TIME));
  private FakeUpstream up;
  private OtherProcess lane;
  private Road road;

  @BeforeEach
  void start() throws Exception {
    up = FakeUpstream.modern();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    lane = lane(0);
    road =
        Road.sending(
            Road.open("m", up.url()),
            LaneProcess.knownTo(Settings.DEFAULT),
            List.of(new Saboteur()),
            flags,
            URI.create("http://127.0.0.1:" + lane.port()));
  }

  private OtherProcess lane(int port, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xmx48m", "-XX:+UseSerialGC"));
    all.addAll(List.of(options));
    return OtherProcess.start(
        folder.resolve("lane.log").toFile(),
        all,
        LaneProcess.class,
        port,
        up.url(),
        TIME.toMillis(),
        0.5);
  }

  @AfterEach
  void end() {
    lane.close();
    road.close();
    up.close();
  }

  private static RawRequest act(String fault) {
    return RawRequest.post("m", "{}").path("/sabotage/" + fault);
  }

  private RawAnswer acted(String fault) {
    return RawCaller.ask(road, act(fault));
  }

  private int called() {
    return RawCaller.ask(road, RawRequest.call("m", "1", "echo", "{}")).status();
  }

  private AlphaLane open() {
    return road.trials().lanes().getFirst();
  }

  private void arm() {
    flags.clear();
    road.trials().flagsChanged();
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /** Asks for the fault until the flag is off. */
  private void untilItIsOff(String fault) {
    List<Thread> callers = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int call = 0; call < 20 && flags.why().isEmpty(); call++) {
                  int status = acted(fault).status();
                  synchronized (statuses) {
                    statuses.add(status);
                  }
                }
              }));
    }
    callers.forEach(LaneProcessTest::join);
    assertThat(statuses).hasSizeGreaterThanOrEqualTo(10).containsOnly(404);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void answersWhatItIsAsked() {
    assertThat(acted("nothing").text()).isEqualTo("fine");
    road.settle();
  }

  @ParameterizedTest
  @CsvSource({
    "loops, TimeoutException",
    "block, TimeoutException",
    "allocates, OutOfMemoryError",
    "hoards, OutOfMemoryError",
    "stack, StackOverflowError"
  })
  void isTurnedOffWithItsReasonWhileTheStableLaneGoesOn(String fault, String what)
      throws Exception {
    assertThat(called()).isEqualTo(200);
    long before = descriptors();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    Thread beside =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) {
                (called() == 200 ? served : others).incrementAndGet();
                LockSupport.parkNanos(5_000_000);
              }
            });
    try {
      untilItIsOff(fault);
    } finally {
      over.set(true);
      join(beside);
    }
    assertThat(folder.resolve("lane.log")).content().contains(what);
    assertThat(flags.why()).hasValueSatisfying(why -> assertThat(why).contains("of its last"));
    assertThat(acted("nothing").status()).as("off for everybody").isEqualTo(404);
    assertThat(others).hasValue(0);
    assertThat(served).hasPositiveValue();
    assertThat(open().open()).isZero();
    road.settle();
    Eventually.holds("its connections and threads are given back", () -> descriptors() <= before);
    lane.close();
    lane = lane(lane.port());
    arm();
    assertThat(acted("nothing").text()).isEqualTo("fine");
  }

  @Test
  void isAwayWhileItsProcessIsAndServesAgainWhenThatDoes() throws Exception {
    assertThat(acted("nothing").text()).isEqualTo("fine");
    try (RawCaller hanging = RawCaller.to(road).send(act("hang"));
        RawCaller listening = RawCaller.to(road).send(act("leak"))) {
      listening.head();
      assertThat(listening.data()).isEqualTo("{}");
      Eventually.holds("both are under way", () -> open().open() == 2);
      lane.close();
      assertThat(hanging.answer().status()).isEqualTo(502);
      Eventually.holds("both are over", () -> road.gateway().door().exchanges() == 0);
      assertThat(listening.cutOff()).isTrue();
    }
    assertThat(acted("nothing").status()).isEqualTo(502);
    assertThat(called()).isEqualTo(200);
    assertThat(flags.failures())
        .as("one call was under way")
        .singleElement()
        .isInstanceOf(WorkersLost.class);
    assertThat(flags.why()).isEmpty();
    road.settle();
    lane = lane(lane.port());
    assertThat(acted("nothing").text()).isEqualTo("fine");
  }

  @Test
  void isStartedAnewWhereItEndsWithItsMemory() throws Exception {
    int port = lane.port();
    lane.close();
    lane = lane(port, "-XX:+ExitOnOutOfMemoryError");
    assertThat(acted("nothing").text()).isEqualTo("fine");
    assertThat(acted("allocates").status()).isEqualTo(502);
    Eventually.holds("it has ended", () -> !lane.isAlive());
    assertThat(called()).isEqualTo(200);
    assertThat(acted("nothing").status()).isEqualTo(502);
    lane = lane(port);
    assertThat(acted("nothing").text()).isEqualTo("fine");
    road.settle();
  }
}
