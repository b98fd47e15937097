package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  private static final String STREAM =
      "\ufeff: welcome\r\n\r\nid: 1\r\nretry: 250\r\ndata:\r\n\r\n"
          + "event: add\rdata: {\"é\":\rdata:  1}\r\r"
          + "data\n\nid: 2\ndata: \ud83d\ude00\n\n:\n\nunknown: x\ndata:a\r\n\n"
          + "id:\ndata: b\n\ndata: dropped";

  private static final List<SseEvent> EVENTS =
      List.of(
          event("1", "message", "", OptionalLong.of(250)),
          event(null, "add", "{\"é\":\n 1}", OptionalLong.empty()),
          event(null, "message", "", OptionalLong.empty()),
          event("2", "message", "\ud83d\ude00", OptionalLong.empty()),
          event(null, "message", "a", OptionalLong.empty()),
          event("", "message", "b", OptionalLong.empty()));

  private static SseEvent event(
      @org.jspecify.annotations.Nullable String id, String type, String data, OptionalLong retry) {
    return new SseEvent(Optional.ofNullable(id), type, Payload.of(data), retry);
  }

  private static List<SseEvent> read(String... pieces) throws SseTooLarge {
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(1_000, events::add);
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(UTF_8);
      reader.feed(bytes, 0, bytes.length);
    }
    reader.end();
    return events;
  }

  @Test
  void readsAStreamInOnePiece() throws SseTooLarge {
    assertThat(read(STREAM)).isEqualTo(EVENTS);
  }

  @Test
  void readsTheSameWhereverTheStreamIsCutInTwo() throws SseTooLarge {
    byte[] bytes = STREAM.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      List<SseEvent> events = new ArrayList<>();
      SseReader reader = new SseReader(1_000, events::add);
      reader.feed(bytes, 0, cut);
      reader.feed(bytes, cut, bytes.length);
      reader.end();
      assertThat(events).as("cut at %s", cut).isEqualTo(EVENTS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void readsTheSameInPiecesFromABufferThatIsUsedAgain(int size) throws SseTooLarge {
    byte[] bytes = STREAM.getBytes(UTF_8);
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(1_000, events::add);
    byte[] buffer = new byte[size + 2];
    for (int from = 0; from < bytes.length; from += size) {
      int length = Math.min(size, bytes.length - from);
      System.arraycopy(bytes, from, buffer, 1, length);
      reader.feed(buffer, 1, 1 + length);
    }
    reader.end();
    assertThat(events).isEqualTo(EVENTS);
  }

  @Test
  void passesAnEventOnAsSoonAsItIsWhole() throws SseTooLarge {
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(1_000, events::add);
    byte[] bytes = "data: a\r\r".getBytes(UTF_8);
    reader.feed(bytes, 0, bytes.length);
    assertThat(events).hasSize(1);
  }

  @Test
  void ignoresAnIdWithNulAndARetryThatIsNoNumber() throws SseTooLarge {
    assertThat(read("id: a\0b\nretry: 1x\nretry:\nretry: -1\nretry: 9999999999999999999\n\n"))
        .isEmpty();
    assertThat(read("id: kept\nid: a\0b\n\n").getFirst().id()).contains("kept");
  }

  @Test
  void ignoresAnEventThatSaysNothing() throws SseTooLarge {
    assertThat(read("\n\n: x\n\nevent: x\n\nDATA: x\n\n data: x\n\ndatax: y\n\n")).isEmpty();
    assertThat(read("event: lost\n\ndata: x\n\n").getFirst().event()).isEqualTo("message");
  }

  @Test
  void takesOneSpaceAndOneByteOrderMarkAwayAndNoMore() throws SseTooLarge {
    assertThat(read("\ufeff\ufeffdata: x\n\n")).isEmpty();
    assertThat(read("data: a\n\n\ufeffdata: x\n\n")).hasSize(1);
    assertThat(read("data:  x \n\n").getFirst().data().text()).isEqualTo(" x ");
    assertThat(read("data::x\n\n").getFirst().data().text()).isEqualTo(":x");
  }

  @Test
  void forgetsWhatIsUnfinishedAtTheEnd() throws SseTooLarge {
    assertThat(read("data: a\n")).isEmpty();
    assertThat(read("id: 1")).isEmpty();
  }

  @Test
  void holdsNoMoreThanTheBound() throws SseTooLarge {
    List<SseEvent> events = new ArrayList<>();
    byte[] fits = "data: 56789\ndata: 12\nid: 3\n\n".getBytes(UTF_8);
    new SseReader(11, events::add).feed(fits, 0, fits.length);
    assertThat(events).hasSize(1);
    for (String over :
        List.of(
            "data: 567890",
            "data: 567890\n",
            ": 3456789012",
            "data: 56789\ndata: 12345\ndata: 1\n",
            "data: 56789\ndata: 12345\nid: 1\n",
            "data:\n".repeat(13))) {
      for (int step : new int[] {1, 4, over.length()}) {
        SseReader reader = new SseReader(11, events::add);
        byte[] bytes = over.getBytes(UTF_8);
        assertThatThrownBy(
                () -> {
                  for (int from = 0; from < bytes.length; from += step) {
                    reader.feed(bytes, from, Math.min(bytes.length, from + step));
                  }
                })
            .as(over)
            .isInstanceOf(SseTooLarge.class);
        assertThatThrownBy(() -> reader.feed(bytes, 0, 0)).isInstanceOf(SseTooLarge.class);
      }
    }
    assertThat(events).hasSize(1);
  }

  @Test
  void countsEachEventAnew() throws SseTooLarge {
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(11, events::add);
    byte[] bytes = "id: 1\ndata: 6789\n\n".repeat(50).getBytes(UTF_8);
    reader.feed(bytes, 0, bytes.length);
    assertThat(events).hasSize(50);
  }
}
