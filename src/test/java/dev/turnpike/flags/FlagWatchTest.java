package dev.turnpike.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.flags.FlagWatch.News;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlagWatchTest {
  private static final String KEY = "protocol.mcp.x";
  private static final String OTHER = "feature.x";
  private static final FlagFolder.Content GOOD = FlagText.content(KEY, FlagText.stable(KEY));
  private static final FlagFolder.Content OFF =
      FlagText.content(
          KEY,
          FlagText.stable(KEY)
              .replace("\"defaultVariant\":\"on\"", "\"defaultVariant\":\"off\"")
              .replace("\"default\":true", "\"default\":false"));

  private final AtomicReference<FlagFolder.Content> there = new AtomicReference<>(GOOD);
  private final List<News> told = new ArrayList<>();
  private final Board board =
      new Board(
          Map.of(KEY, Stage.STABLE),
          set -> {
            if (set.document().contains("unfit")) {
              throw new IllegalArgumentException("flagd does not take it");
            }
            return Engine.NONE;
          },
          () -> Instant.EPOCH);
  private final FlagWatch watch =
      new FlagWatch(there::get, board, Map.of(KEY, Stage.STABLE), told::add);

  private void settled(FlagFolder.Content content) {
    there.set(content);
    watch.poll();
    watch.poll();
  }

  private boolean on() {
    return board.decide(KEY, Circumstances.NONE).on();
  }

  @Test
  void takesWhatTwoLooksHaveFound() {
    settled(GOOD);
    assertThat(on()).isTrue();
    there.set(OFF);
    watch.poll();
    assertThat(on()).as("it may be half written").isTrue();
    watch.poll();
    assertThat(on()).isFalse();
    assertThat(told).hasSize(2).allMatch(News.Taken.class::isInstance);
    watch.poll();
    assertThat(told).as("nothing has changed").hasSize(2);
  }

  @Test
  void aBrokenSetLeavesTheLastGoodOne() {
    settled(OFF);
    for (String broken :
        List.of(
            "{",
            "",
            "[]",
            FlagText.stable("other"),
            FlagText.stable(KEY).replace("\"on\":true", "\"on\":1"))) {
      settled(FlagText.content(KEY, broken));
      assertThat(told.getLast()).as(broken).isInstanceOf(News.Refused.class);
      assertThat(on()).isFalse();
    }
    settled(
        FlagText.content(
            KEY,
            FlagText.stable(KEY)
                .replace("\"metadata\"", "\"targeting\":{\"unfit\":1},\"metadata\"")));
    assertThat(told.getLast()).isInstanceOf(News.Refused.class);
    assertThat(on()).isFalse();
    settled(GOOD);
    assertThat(on()).isTrue();
  }

  @Test
  void aStageDoesNotGoBackAlsoWhereItsFileWasGoneMeanwhile() {
    String beta =
        FlagText.stable(OTHER)
            .replace("\"stage\":\"stable\"", "\"stage\":\"beta\",\"expires\":\"2027-01-01\"");
    settled(FlagText.content(OTHER, FlagText.stable(OTHER)));
    settled(FlagText.content());
    settled(FlagText.content(OTHER, beta));
    assertThat(told.getLast()).isInstanceOf(News.Refused.class);
    settled(FlagText.content(KEY, beta.replace(OTHER, KEY)));
    assertThat(told.getLast()).as("the program knows better").isInstanceOf(News.Refused.class);
  }

  @Test
  void aFolderThatIsGoneLeavesWhatWasReleased() {
    settled(OFF);
    settled(new FlagFolder.Content(Map.of(), "there is no such folder", "gone"));
    assertThat(told.getLast()).isInstanceOf(News.Gone.class);
    assertThat(on()).isTrue();
  }

  @Test
  void aFileThatIsGoneLeavesWhatWasReleased() {
    settled(OFF);
    settled(FlagText.content());
    assertThat(told.getLast()).isInstanceOf(News.Taken.class);
    assertThat(on()).isTrue();
  }
}
