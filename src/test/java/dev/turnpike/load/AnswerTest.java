package dev.turnpike.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  private static final String WITH_LENGTH =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 11\r\n\r\nhello world";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
  private static final String EMPTY = "HTTP/1.1 204 No Content\r\nX-Any: thing\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED, EMPTY})
  void findsTheEndWhereverTheBytesWereSplit(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int first = 0; first < bytes.length; first++) {
      Answer answer = new Answer();
      assertThat(answer.whole(bytes, first)).as("after %d bytes", first).isEqualTo(-1);
      assertThat(answer.whole(bytes, bytes.length)).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED})
  void countsTheBodyWithoutItsFraming(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Answer answer = new Answer();
    answer.whole(bytes, bytes.length);
    assertThat(answer.bodyBytes()).isEqualTo(11);
    assertThat(Answer.status(bytes)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED, EMPTY})
  void readsTheNextAnswerAfterHavingBeenCleared(String next) {
    Answer answer = new Answer();
    byte[] before = CHUNKED.getBytes(StandardCharsets.US_ASCII);
    answer.whole(before, before.length);
    answer.clear();
    byte[] bytes = next.getBytes(StandardCharsets.US_ASCII);
    assertThat(answer.whole(bytes, bytes.length)).isEqualTo(bytes.length);
  }
}
