package dev.turnpike.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Written out = new Written();

  @Test
  void aLineIsWrittenThoughNoOtherFollows() {
    try (LineWriter lines = LineWriter.to(out, PAUSE, Long::toString)) {
      for (String line : List.of("one", "two", "three")) {
        lines.accept(line);
        Eventually.holds("written: " + line, () -> out.lines().contains(line));
      }
    }
    assertThat(out.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void linesThatWaitGoOutInOneWrite() {
    LineWriter lines = LineWriter.to(out, Duration.ofHours(1), Long::toString);
    lines.accept("first");
    Eventually.holds("the first is written", () -> out.lines().equals(List.of("first")));
    int before = out.writes.get();
    for (int i = 0; i < 100; i++) {
      lines.accept("line " + i);
    }
    lines.close();
    assertThat(out.writes.get() - before).isEqualTo(1);
    assertThat(out.lines()).hasSize(101).endsWith("line 98", "line 99");
  }

  @Test
  void whatComesBehindTheEndIsWrittenToo() {
    LineWriter lines = LineWriter.to(out, PAUSE, Long::toString);
    lines.close();
    lines.accept("late");
    assertThat(out.lines()).containsExactly("late");
  }

  @Test
  void severalThreadsLoseNothingAndKeepTheirOrder() throws Exception {
    List<Thread> threads = new ArrayList<>();
    try (LineWriter lines = LineWriter.to(out, PAUSE, Long::toString)) {
      for (int t = 0; t < 4; t++) {
        String name = "t" + t + " ";
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 5_000; i++) {
                    lines.accept(name + i);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(out.lines()).hasSize(20_000);
    for (int t = 0; t < 4; t++) {
      String name = "t" + t + " ";
      List<String> own = out.lines().stream().filter(line -> line.startsWith(name)).toList();
      assertThat(own)
          .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(i -> name + i).toList());
    }
  }

  @Test
  void aReaderThatIsStuckHoldsNobodyUpAndTheLossIsTold() {
    CountDownLatch stuck = new CountDownLatch(1);
    out.gate = stuck;
    LineWriter lines = LineWriter.to(out, PAUSE, missing -> "missing " + missing);
    lines.accept("taken by the writer");
    Eventually.holds("the writer is stuck", () -> out.begun.get() == 1);
    for (int i = 0; i < LineWriter.WAITING + 7; i++) {
      lines.accept("line " + i);
    }
    stuck.countDown();
    lines.close();
    assertThat(out.lines()).hasSize(LineWriter.WAITING + 2).endsWith("missing 7");
  }

  @Test
  void aReaderThatIsStuckDoesNotHoldUpTheEnd() {
    CountDownLatch stuck = new CountDownLatch(1);
    out.gate = stuck;
    LineWriter lines = LineWriter.to(out, PAUSE, Long::toString);
    lines.accept("taken by the writer");
    Eventually.holds("the writer is stuck", () -> out.begun.get() == 1);
    lines.close();
    lines.accept("behind the end");
    assertThat(out.lines()).isEmpty();
    stuck.countDown();
    Eventually.holds("both are written", () -> out.lines().size() == 2);
  }

  @Test
  void aBrokenOutputEndsNothing() {
    out.broken = true;
    try (LineWriter lines = LineWriter.to(out, PAUSE, Long::toString)) {
      lines.accept("into the void");
      Eventually.holds("it was tried", () -> out.begun.get() > 0);
      out.broken = false;
      lines.accept("after it");
      Eventually.holds("the next is written", () -> out.lines().equals(List.of("after it")));
    }
  }

  /** Where the lines go, which can be stuck or broken. */
  private static final class Written extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger begun = new AtomicInteger();
    volatile boolean broken;
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] chunk, int from, int length) throws IOException {
      begun.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      if (broken) {
        throw new IOException("broken");
      }
      writes.incrementAndGet();
      synchronized (bytes) {
        bytes.write(chunk, from, length);
      }
    }

    List<String> lines() {
      synchronized (bytes) {
        return bytes.toString(US_ASCII).lines().toList();
      }
    }
  }
}
