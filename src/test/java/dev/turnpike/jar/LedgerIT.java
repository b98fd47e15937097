package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.PostgresServer;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger of a running process holds, whatever becomes of the process and its database. */
class LedgerIT {
  private static final int KILLS = 20;
  private static final int CALLERS = 4;
  // a database that failed is left alone for some seconds
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(90);

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  private Path folder;

  private Jar start(FakeUpstream up, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
    return Jar.start(folder, Map.of("TURNPIKE_CONFIG", file.toString()), List.of(settings)).ready();
  }

  private static FakeUpstream reporting() {
    FakeUpstream up = FakeUpstream.modern();
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":[],"
                + "\"_meta\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}}}"));
    return up;
  }

  private static JsonNode total(Jar jar) {
    try {
      var answer = Jar.get(jar.managementUrl("/admin/usage?by=caller"));
      return answer.statusCode() == 200
          ? RawAnswer.json(answer.body()).path("total")
          : RawAnswer.json("{}");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static long calls(Jar jar) {
    return total(jar).path("calls").asLong(-1);
  }

  /** Calls until it is told to end or is cut off, and counts what was answered, and when. */
  private static final class Caller implements Runnable {
    private final Jar jar;
    private final AtomicBoolean over;
    private final List<Long> answered = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();

    Caller(Jar jar, AtomicBoolean over) {
      this.jar = jar;
      this.over = over;
    }

    @Override
    public void run() {
      RawRequest call = RawRequest.call("one", "7", "echo", "{}").replaced("Host", "localhost");
      try (RawCaller caller = RawCaller.to(jar.port())) {
        while (!over.get()) {
          asked.incrementAndGet();
          if (caller.send(call).answer().status() == 200) {
            synchronized (answered) {
              answered.add(System.nanoTime());
            }
          }
        }
      } catch (UncheckedIOException | AssertionError cutOff) {
        // the process was killed
      }
    }

    long before(long nanos) {
      synchronized (answered) {
        return answered.stream().filter(at -> at - nanos < 0).count();
      }
    }
  }

  @Test
  void holdsEveryAnswerOfAProcessThatIsKilledAndNoneTwice() throws Exception {
    try (FakeUpstream up = reporting()) {
      long least = 0;
      long most = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        try (Jar jar = start(up)) {
          long held = calls(jar);
          assertThat(held).as("after kill %d", kill).isBetween(least, most);
          least = held;
          AtomicBoolean over = new AtomicBoolean();
          List<Caller> callers = new ArrayList<>();
          List<Thread> threads = new ArrayList<>();
          for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller(jar, over);
            callers.add(caller);
            threads.add(Thread.ofPlatform().start(caller));
          }
          LockSupport.parkNanos(1_500_000_000L + kill * 37_000_000L);
          long killed = System.nanoTime();
          jar.process().destroyForcibly().waitFor();
          over.set(true);
          for (Thread thread : threads) {
            thread.join();
          }
          for (Caller caller : callers) {
            // what was answered so shortly before may not have been written yet
            least += caller.before(killed - 50_000_000);
          }
          most = held + callers.stream().mapToLong(caller -> caller.asked.get()).sum();
        }
      }
      try (Jar jar = start(up)) {
        JsonNode total = total(jar);
        assertThat(total.path("calls").asLong()).isBetween(least, most);
        assertThat(total.path("calls").asLong()).isGreaterThan(KILLS * 10L);
        assertThat(total.path("input").asLong()).isEqualTo(3 * total.path("calls").asLong());
        assertThat(total.path("reported").asLong()).isEqualTo(7 * total.path("calls").asLong());
      }
    }
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.PostgresServer#isHere")
  void losesNothingWhilePostgresqlIsAway() throws Exception {
    try (FakeUpstream up = reporting();
        PostgresServer server = PostgresServer.start();
        Jar jar =
            start(
                up,
                "-Dturnpike.ledger.url=" + server.url("postgres"),
                "-Dturnpike.ledger.username=" + PostgresServer.USER)) {
      ask(jar, 5);
      Eventually.holds("they are there", () -> calls(jar) == 5);
      server.stop();
      ask(jar, 20);
      Eventually.holds(
          "it is told", () -> said(jar).contains("the ledger's database cannot be used"));
      assertThat(Jar.get(jar.managementUrl("/admin/usage")).statusCode()).isEqualTo(503);
      assertThat(jar.readiness()).isEqualTo(200);
      server.begin();
      Eventually.holds("all are there", () -> calls(jar) == 25);
      Eventually.holds(
          "it is told", () -> said(jar).contains("the ledger's database is used again"));
      assertThat(total(jar).path("reported").asLong()).isEqualTo(7 * 25);
    }
  }

  /** A small disk of its own, which only root can have. */
  static boolean canMount() {
    boolean can =
        System.getProperty("user.name").equals("root") && ran("sh", "-c", "command -v mount");
    if (!can) {
      System.out.println("skipped: only root can mount a disk that fills up");
    }
    return can;
  }

  private static boolean ran(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void fill(Path file) {
    byte[] block = new byte[64 * 1024];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // no room is left
    }
  }

  @Test
  @EnabledIf("canMount")
  void losesNothingWhileTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assertThat(ran("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString())).isTrue();
    try (FakeUpstream up = reporting()) {
      int before = 50;
      // the journal has room for so many already: what has none is the database
      int during = 6_000;
      try (Jar jar = start(up, "-Dturnpike.data=" + disk)) {
        ask(jar, before);
        Eventually.holds("they are there", () -> calls(jar) == before);
        Path filler = disk.resolve("filler");
        fill(filler);
        ask(jar, during);
        assertThat(jar.readiness()).as("calls do not wait for the disk").isEqualTo(200);
        Eventually.holds("it is told", () -> said(jar).contains("the ledger"));
        Files.delete(filler);
        Eventually.holds("all are there", UNTIL_ASKED_AGAIN, () -> calls(jar) == before + during);
        jar.process().destroyForcibly().waitFor();
      }
      try (Jar jar = start(up, "-Dturnpike.data=" + disk)) {
        Eventually.holds(
            "and stay there, once", UNTIL_ASKED_AGAIN, () -> calls(jar) == before + during);
        assertThat(total(jar).path("reported").asLong()).isEqualTo(7L * (before + during));
      }
    } finally {
      assertThat(ran("umount", "-l", disk.toString())).isTrue();
    }
  }

  private static String said(Jar jar) {
    try {
      return jar.said();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void ask(Jar jar, int times) {
    RawRequest call = RawRequest.call("one", "7", "echo", "{}").replaced("Host", "localhost");
    try (RawCaller caller = RawCaller.to(jar.port())) {
      for (int i = 0; i < times; i++) {
        assertThat(caller.send(call).answer().status()).isEqualTo(200);
      }
    }
  }
}
