package dev.turnpike.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trail on a real disk, and what can be done to it afterwards. */
class TrailTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir private Path folder;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  private Trail trail(long largest) {
    return new Trail(
        folder.resolve("audit"),
        largest,
        new TrailListener() {
          @Override
          public void broken(String why) {
            heard.add("broken");
          }

          @Override
          public void missing(long records) {
            heard.add("missing " + records);
          }

          @Override
          public void restored(long lost) {
            heard.add("restored " + lost);
          }
        },
        () -> AT);
  }

  private static Deed deed(int number) {
    return Deed.act(AT, "act " + number, "ann", "done", "with \"quotes\"\u2028 and\nlines");
  }

  private void write(int from, int to, long largest) {
    try (Trail trail = trail(largest)) {
      for (int i = from; i <= to; i++) {
        trail.add(deed(i));
      }
    }
  }

  private List<Path> files() throws IOException {
    return new TrailFolder(folder.resolve("audit")).files();
  }

  private Verification verified() throws IOException {
    return Verification.of(folder.resolve("audit"));
  }

  private static void change(Path file, int line, String text) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(line, text);
    Files.write(file, lines);
  }

  @Test
  void aTrailThatNobodyTouchedIsWhole() throws IOException {
    write(1, 100, 4_000);
    assertThat(files()).hasSizeGreaterThan(5);
    assertThat(verified()).isEqualTo(new Verification(100, 1, 100, List.of()));
  }

  @Test
  void aRestartGoesOnWhereItEnded() throws IOException {
    write(1, 10, 1 << 20);
    write(11, 20, 1 << 20);
    assertThat(files()).hasSize(1);
    assertThat(verified()).isEqualTo(new Verification(20, 1, 20, List.of()));
  }

  @Test
  void aRecordThatWasChangedIsFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    change(file, 4, Files.readAllLines(file).get(4).replace("ann", "eve"));
    assertThat(verified().faults()).singleElement().asString().contains(":5:");
  }

  @Test
  void aRecordThatWasChangedTogetherWithItsHashIsFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    Links.Link before = Links.read(Files.readAllLines(file).get(3)).orElseThrow();
    change(file, 4, Links.line(5, Deed.act(AT, "other", "eve", "done", ""), before.hash()));
    assertThat(verified().faults()).singleElement().asString().contains(":6: does not follow");
  }

  @Test
  void aRecordThatIsMissingIsFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(4);
    Files.write(file, lines);
    assertThat(verified().faults()).singleElement().asString().contains("is record 6, expected 5");
  }

  @Test
  void theFirstRecordThatIsMissingIsFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeFirst();
    Files.write(file, lines);
    assertThat(verified().faults()).isNotEmpty();
  }

  @Test
  void anEndThatIsMissingIsFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeLast();
    Files.write(file, lines);
    assertThat(verified().faults())
        .singleElement()
        .asString()
        .contains("from 10 to 10 are missing");
  }

  @Test
  void aFileThatIsMissingInTheMiddleIsFound() throws IOException {
    write(1, 100, 4_000);
    Files.delete(files().get(2));
    assertThat(verified().faults()).isNotEmpty();
  }

  @Test
  void oldFilesMayBeTakenAway() throws IOException {
    write(1, 100, 4_000);
    Files.delete(files().getFirst());
    assertThat(verified().faults()).isEmpty();
    assertThat(verified().first()).isGreaterThan(1);
  }

  @Test
  void recordsThatChangedPlacesAreFound() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Collections.swap(lines, 4, 5);
    Files.write(file, lines);
    assertThat(verified().faults()).hasSize(3);
  }

  @Test
  void halfARecordIsTakenBackAndTheTrailGoesOn() throws IOException {
    write(1, 3, 1 << 20);
    Path file = files().getFirst();
    Files.writeString(file, Files.readString(file) + "{\"number\":4,\"ti");
    write(4, 5, 1 << 20);
    assertThat(verified()).isEqualTo(new Verification(5, 1, 5, List.of()));
  }

  @Test
  void whatWasTamperedWithIsNotContinued() throws IOException {
    write(1, 3, 1 << 20);
    Files.writeString(files().getFirst(), "rubbish\n");
    try (Trail trail = trail(1 << 20)) {
      assertThat(trail.broken()).isTrue();
    }
    assertThat(heard).containsExactly("broken");
  }

  @Test
  void twoDoNotWriteOneTrail() {
    try (Trail first = trail(1 << 20);
        Trail second = trail(1 << 20)) {
      assertThat(first.broken()).isFalse();
      assertThat(second.broken()).isTrue();
    }
  }

  @Test
  void recordsWaitUntilTheDiskTakesThem() throws IOException {
    Path blocked = Files.writeString(folder.resolve("audit"), "in the way");
    try (Trail trail = trail(1 << 20)) {
      trail.add(deed(1));
      trail.add(deed(2));
      assertThat(trail.broken()).isTrue();
      Files.delete(blocked);
      Eventually.holds("the trail is written again", () -> !trail.broken());
    }
    assertThat(heard).containsExactly("broken", "restored 0");
    assertThat(verified()).isEqualTo(new Verification(2, 1, 2, List.of()));
  }

  @Test
  void whatThereIsNoRoomForIsCountedInTheTrail() throws IOException {
    Path blocked = Files.writeString(folder.resolve("audit"), "in the way");
    try (Trail trail = trail(1 << 24)) {
      for (int i = 0; i < Trail.WAITING + 7; i++) {
        trail.add(deed(1));
      }
      Files.delete(blocked);
      // they are many, and the disk may be busy
      Eventually.holds("the trail is written again", Duration.ofMinutes(1), () -> !trail.broken());
    }
    assertThat(heard).containsExactly("broken", "restored 7");
    assertThat(TrailQuery.of(folder.resolve("audit"), line -> line.contains("lost"), 9).records())
        .singleElement()
        .asString()
        .contains("\"detail\":\"7\"");
  }

  @Test
  void theNewestAreToldFirst() throws IOException {
    write(1, 100, 4_000);
    TrailQuery found = TrailQuery.of(folder.resolve("audit"), _ -> true, 3);
    assertThat(found.more()).isTrue();
    assertThat(found.records())
        .extracting(line -> Links.read(line).orElseThrow().number())
        .containsExactly(100L, 99L, 98L);
  }

  @Test
  void oneQuestionAskedOftenIsCountedAndNotKeptEachTime() {
    List<Deed> kept = new ArrayList<>();
    Repeats repeats = new Repeats(kept::add);
    for (int i = 0; i < 1_000; i++) {
      repeats.accept(deed(1));
    }
    repeats.accept(deed(2));
    assertThat(kept).hasSize(Repeats.EACH_SECOND + 1);
    repeats.flush(AT.plusSeconds(1));
    assertThat(kept).hasSize(Repeats.EACH_SECOND + 2);
    assertThat(kept.getLast().members())
        .containsEntry("act", "act 1")
        .containsEntry("more", 1_000L - Repeats.EACH_SECOND);
    repeats.flush(AT.plusSeconds(2));
    assertThat(kept).hasSize(Repeats.EACH_SECOND + 2);
  }

  @Test
  void manyQuestionsAreBoundedToo() {
    List<Deed> kept = new ArrayList<>();
    Repeats repeats = new Repeats(kept::add);
    for (int i = 0; i < 5_000; i++) {
      repeats.accept(deed(i));
    }
    assertThat(kept).hasSize(Repeats.MOST + Repeats.EACH_SECOND);
    repeats.flush(AT.plusSeconds(1));
    assertThat(kept.getLast().members())
        .containsEntry("more", 5_000L - Repeats.MOST - Repeats.EACH_SECOND);
  }

  @Test
  void aFileThatWasBegunAndNotWrittenIsNoEnd() throws IOException {
    write(1, 3, 1 << 20);
    Files.createFile(new TrailFolder(folder.resolve("audit")).beginningWith(4));
    write(4, 5, 1 << 20);
    assertThat(heard).isEmpty();
    assertThat(verified()).isEqualTo(new Verification(5, 1, 5, List.of()));
  }

  @Test
  void anEndThatIsMissingIsFoundAlsoAfterARestart() throws IOException {
    write(1, 10, 1 << 20);
    Path file = files().getFirst();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Files.write(file, lines.subList(0, 7));
    write(11, 12, 1 << 20);
    assertThat(heard).containsExactly("missing 3");
    assertThat(verified().faults()).singleElement().asString().contains("is record 11, expected 8");
    assertThat(Files.readString(file)).contains("\"records missing\"");
  }

  @Test
  void aTrailThatIsBeingWrittenIsWhole() throws IOException {
    write(1, 3, 1 << 20);
    Files.writeString(
        files().getFirst(), Files.readString(files().getFirst()) + "{\"number\":4,\"ti");
    assertThat(verified().faults()).isEmpty();
  }
}
