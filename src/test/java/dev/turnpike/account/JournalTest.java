package dev.turnpike.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final long SEGMENT = 16 * 1024;

  @TempDir private Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();

  private Journal open() {
    try {
      return Journal.open(
          folder,
          "fresh",
          SEGMENT,
          new LedgerListener() {
            @Override
            public void unwritten(String why) {
              told.add("unwritten");
            }

            @Override
            public void written(long lost) {
              told.add("written, lost " + lost);
            }
          });
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Entry entry(int number) {
    return new Entry(
        number,
        new Account("caller-" + number, "t", "e", "täglich", "stable"),
        new Figures(1, number, 0, 0, 0, 0, 0),
        7);
  }

  private static List<Entry> read(Journal journal) {
    try {
      return journal
          .segments()
          .read(Position.BEGINNING, journal.written(), Integer.MAX_VALUE)
          .entries();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static List<Entry> entries(int from, int to) {
    List<Entry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      entries.add(entry(i));
    }
    return entries;
  }

  private static void holds(Journal journal, int to) {
    Eventually.holds(to + " are written", () -> read(journal).size() == to);
    assertThat(read(journal)).isEqualTo(entries(0, to));
  }

  @Test
  void keepsEntriesInTheirOrderOverManyFilesAndStarts() throws IOException {
    int next = 0;
    for (int start = 0; start < 4; start++) {
      try (Journal journal = open()) {
        for (int i = 0; i < 500; i++) {
          journal.append(entry(next++));
        }
        holds(journal, next);
        assertThat(journal.name()).isEqualTo("fresh");
      }
    }
    assertThat(new Segments(folder).numbers()).hasSizeGreaterThan(8);
  }

  @Test
  void isItsOwnersAlone() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Journal _ = open()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void hasAllThatWasAppendedBeforeItWasClosed() {
    try (Journal journal = open()) {
      entries(0, 3_000).forEach(journal::append);
    }
    try (Journal journal = open()) {
      assertThat(read(journal)).isEqualTo(entries(0, 3_000));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void whatWasTornStaysBehindAndWhatCameBeforeIsRead(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (Journal journal = open()) {
      entries(0, 40).forEach(journal::append);
      holds(journal, 40);
    }
    Path first = new Segments(folder).of(0);
    long whole =
        new Segments(folder).read(Position.BEGINNING, new Position(0, SEGMENT), 40).next().offset();
    // the process died in the middle of what it wrote: a part of a record, or rubbish
    byte[] torn = new byte[random.nextInt(1, 300)];
    random.nextBytes(torn);
    try (FileChannel file = FileChannel.open(first, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(torn), whole);
    }
    try (Journal journal = open()) {
      entries(40, 50).forEach(journal::append);
      holds(journal, 50);
    }
  }

  @Test
  void readsInPartsWithoutLosingOrRepeating() throws IOException {
    try (Journal journal = open()) {
      entries(0, 1_000).forEach(journal::append);
      holds(journal, 1_000);
      List<Entry> all = new ArrayList<>();
      Position at = Position.BEGINNING;
      while (true) {
        Segments.Part part = journal.segments().read(at, journal.written(), 7);
        if (part.entries().isEmpty()) {
          break;
        }
        all.addAll(part.entries());
        at = part.next();
      }
      assertThat(all).isEqualTo(entries(0, 1_000));
      assertThat(at).isEqualTo(journal.written());
    }
  }

  @Test
  void readsAFileThatIsLargerThanWhatIsReadAtOnce() throws IOException {
    try (Journal journal =
        Journal.open(folder, "fresh", 8 * 1024 * 1024, new LedgerListener() {})) {
      for (int i = 0; i < 9_000; i++) {
        journal.append(entry(i));
      }
      holds(journal, 9_000);
      Position at = Position.BEGINNING;
      List<Entry> all = new ArrayList<>();
      while (all.size() < 9_000) {
        Segments.Part part = journal.segments().read(at, journal.written(), 700);
        assertThat(part.entries()).hasSizeBetween(1, 700);
        all.addAll(part.entries());
        at = part.next();
      }
      assertThat(all).isEqualTo(entries(0, 9_000));
      assertThat(at.offset()).as("more than is read at once").isGreaterThan(256 * 1024);
    }
  }

  @Test
  void keepsEntriesInMemoryWhileTheDiskTakesNone() throws IOException {
    try (Journal journal = open()) {
      entries(0, 10).forEach(journal::append);
      holds(journal, 10);
      // where the next file would be, something is that cannot be written
      Path next = new Segments(folder).of(1);
      Files.createDirectory(next);
      Path within = Files.createFile(next.resolve("file"));
      entries(10, 1_000).forEach(journal::append);
      Eventually.holds("it is told", () -> told.contains("unwritten"));
      Files.delete(within);
      Files.delete(next);
      holds(journal, 1_000);
      Eventually.holds("it is told", () -> told.contains("written, lost 0"));
    }
    assertThat(told).containsExactly("unwritten", "written, lost 0");
  }

  @Test
  void aBatchOfWhichAPartWasWrittenIsReadOnceWhenItComesAgain() throws IOException {
    List<Entry> batch = entries(0, 12_000);
    try (JournalWriter writer = JournalWriter.open(folder, "fresh", 1024 * 1024)) {
      // the first file takes a part of it, and the next one cannot be made
      Path next = new Segments(folder).of(1);
      Path within = Files.createFile(Files.createDirectory(next).resolve("file"));
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> writer.append(batch)).isInstanceOf(IOException.class);
      }
      Files.delete(within);
      Files.delete(next);
      writer.append(batch);
      assertThat(
              writer
                  .segments()
                  .read(Position.BEGINNING, writer.position(), Integer.MAX_VALUE)
                  .entries())
          .isEqualTo(batch);
    }
  }

  @Test
  void forgetsWhatWasMovedUnlessSomebodyReads() throws IOException {
    try (Journal journal = open()) {
      entries(0, 1_000).forEach(journal::append);
      holds(journal, 1_000);
      long last = journal.written().segment();
      journal.reading(() -> {
        Thread other = Thread.ofPlatform().start(() -> forget(journal, last));
        join(other);
        assertThat(read(journal)).hasSize(1_000);
        return last;
      });
      forget(journal, last);
      // a file that is more than half full has its follower made already
      assertThat(journal.segments().numbers()).isIn(List.of(last), List.of(last, last + 1));
    }
  }

  private static void forget(Journal journal, long before) {
    try {
      journal.forget(before);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void join(Thread other) {
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
