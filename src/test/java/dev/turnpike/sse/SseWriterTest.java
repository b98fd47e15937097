package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseWriterTest {
  private static String event(String id, String data) {
    return new String(SseWriter.event(id, Payload.of(data)), UTF_8);
  }

  @Test
  void writesAnEventWithAndWithoutAnId() {
    assertThat(event("s/1", "{\"é\":1}")).isEqualTo("id: s/1\ndata: {\"é\":1}\n\n");
    assertThat(event("", "{}")).isEqualTo("data: {}\n\n");
  }

  @Test
  void writesAPartOfALargerPayload() {
    byte[] written = SseWriter.event("", Payload.of("abc\ndef").slice(2, 6));
    assertThat(new String(written, UTF_8)).isEqualTo("data: c\ndata: de\n\n");
  }

  @Test
  void writesAnEventToResumeFrom() {
    assertThat(new String(SseWriter.prime("7", 250), UTF_8))
        .isEqualTo("id: 7\nretry: 250\ndata:\n\n");
    assertThatThrownBy(() -> SseWriter.prime("7", -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r", "\0"})
  void refusesAnIdThatAReaderWouldSeeDifferently(String id) {
    assertThatThrownBy(() -> event(id, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SseWriter.prime(id, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"' a'", "''", "'a\nb'", "'\n'", "'a\n'", "'\n\n: x'"})
  void writesWhatTheReaderReadsBack(String data) throws SseTooLarge {
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(100, events::add);
    for (String ending : List.of("\n", "\r", "\r\n")) {
      byte[] bytes = SseWriter.event("1", Payload.of(data.replace("\n", ending)));
      reader.feed(SseWriter.COMMENT, 0, SseWriter.COMMENT.length);
      reader.feed(bytes, 0, bytes.length);
    }
    assertThat(events).hasSize(3).allMatch(event -> event.data().text().equals(data));
  }
}
