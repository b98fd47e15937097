package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseEvent;
import dev.turnpike.sse.SseReader;
import dev.turnpike.sse.SseTooLarge;
import dev.turnpike.sse.SseWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Event streams: against a twin that takes them whole, wherever they are cut, and bounded. */
final class SseTarget implements Target {
  private static final int WIDE = 1 << 22;

  /** What a reader gave before it ended, or would read no further. */
  private record Read(List<SseEvent> events, boolean whole) {}

  @Override
  public boolean judge(byte[] input) {
    SplittableRandom random = Pieces.chance(input);
    Read whole = read(List.of(input), WIDE);
    List<byte[]> pieces = Pieces.of(input, random);
    assertThat(whole.events()).isEqualTo(naive(input));
    assertThat(read(pieces, WIDE)).isEqualTo(whole);
    int bound = random.nextInt(40);
    Read bounded = read(List.of(input), bound);
    assertThat(read(pieces, bound)).isEqualTo(bounded);
    assertThat(bounded.events()).isEqualTo(whole.events().subList(0, bounded.events().size()));
    assertThat(!bounded.whole() || bounded.equals(whole)).isTrue();
    bounded.events().forEach(event -> assertThat(event.data().size()).isLessThanOrEqualTo(bound));
    whole.events().forEach(SseTarget::writeAgain);
    return !whole.events().isEmpty();
  }

  private static Read read(List<byte[]> pieces, int bound) {
    List<SseEvent> events = new ArrayList<>();
    SseReader reader = new SseReader(bound, events::add);
    try {
      for (byte[] piece : pieces) {
        reader.feed(piece, 0, piece.length);
      }
    } catch (SseTooLarge tooLarge) {
      assertThatThrownBy(() -> reader.feed(new byte[0], 0, 0)).isInstanceOf(SseTooLarge.class);
      return new Read(events, false);
    }
    reader.end();
    return new Read(events, true);
  }

  private static void writeAgain(SseEvent event) {
    String id = event.id().orElse("");
    Read again = read(List.of(SseWriter.event(id, event.data())), WIDE);
    assertThat(again.events())
        .containsExactly(
            new SseEvent(
                event.id().filter(some -> !some.isEmpty()),
                "message",
                event.data(),
                OptionalLong.empty()));
  }

  /** The rules of the specification, line by line, over the whole stream. */
  private static List<SseEvent> naive(byte[] input) {
    String all = new String(input, ISO_8859_1).replace("\r\n", "\n").replace('\r', '\n');
    String stream = all.startsWith("\u00ef\u00bb\u00bf") ? all.substring(3) : all;
    List<SseEvent> events = new ArrayList<>();
    int last = stream.lastIndexOf('\n');
    String[] lines = last < 0 ? new String[0] : stream.substring(0, last + 1).split("\n", -1);
    List<String> data = new ArrayList<>();
    Optional<String> id = Optional.empty();
    OptionalLong retry = OptionalLong.empty();
    String type = "";
    for (int i = 0; i < lines.length - 1; i++) {
      String[] field = lines[i].split(":", 2);
      String value =
          field.length < 2 ? "" : field[1].startsWith(" ") ? field[1].substring(1) : field[1];
      if (lines[i].isEmpty()) {
        if (!data.isEmpty() || id.isPresent() || retry.isPresent()) {
          byte[] joined = String.join("\n", data).getBytes(ISO_8859_1);
          events.add(
              new SseEvent(id, type.isEmpty() ? "message" : type, Payload.of(joined), retry));
        }
        data.clear();
        id = Optional.empty();
        retry = OptionalLong.empty();
        type = "";
      } else if (field[0].equals("data")) {
        data.add(value);
      } else if (field[0].equals("event")) {
        type = new String(value.getBytes(ISO_8859_1), UTF_8);
      } else if (field[0].equals("id") && value.indexOf('\0') < 0) {
        id = Optional.of(new String(value.getBytes(ISO_8859_1), UTF_8));
      } else if (field[0].equals("retry") && value.matches("[0-9]{1,18}")) {
        retry = OptionalLong.of(Long.parseLong(value));
      }
    }
    return events;
  }
}
