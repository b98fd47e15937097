package dev.turnpike.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSplitterTest {
  private final List<String> messages = new ArrayList<>();
  private final MessageSplitter splitter =
      new MessageSplitter(1_000, message -> messages.add(message.text()));

  private void feed(String text) throws UpstreamFailed {
    splitter.feed(text.getBytes(UTF_8));
  }

  @Test
  void givesOneBodyAsOneMessage() throws UpstreamFailed {
    feed("{\"a\": [1, {\"b\": \"}\"}]}\n");
    splitter.end();
    assertThat(messages).containsExactly("{\"a\": [1, {\"b\": \"}\"}]}");
  }

  @Test
  void givesEachLineAsItComes() throws UpstreamFailed {
    feed("{\"a\":1}\n{\"b\"");
    assertThat(messages).containsExactly("{\"a\":1}");
    feed(":2}\n");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(1).strip()).isEqualTo("{\"b\":2}");
  }

  @Test
  void leavesWhatIsNotWholeToTheScanner() throws UpstreamFailed {
    feed("{\"a\":");
    splitter.end();
    feed("nonsense");
    splitter.end();
    assertThat(messages).containsExactly("{\"a\":", "nonsense");
  }

  @Test
  void stopsAtItsLimit() {
    assertThatThrownBy(() -> feed("\"" + "x".repeat(1_001)))
        .isInstanceOfSatisfying(
            UpstreamFailed.class,
            failed -> assertThat(failed.kind()).isEqualTo(UpstreamFailed.Kind.UNREADABLE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, 2026})
  void cutsTheSameMessagesHoweverTheChunksFall(long seed) throws UpstreamFailed {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add("{\"n\":" + i + ",\"s\":\"" + "\\\"}{é".repeat(random.nextInt(4)) + "\"}");
    }
    byte[] bytes = String.join("\n", sent).getBytes(UTF_8);
    for (int at = 0; at < bytes.length; ) {
      int to = Math.min(bytes.length, at + random.nextInt(1, 30));
      splitter.feed(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    splitter.end();
    assertThat(messages.stream().map(String::strip)).as("seed " + seed).isEqualTo(sent);
  }
}
