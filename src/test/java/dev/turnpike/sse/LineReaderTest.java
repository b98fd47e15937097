package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> read(String text, int step) throws SseTooLarge {
    List<String> lines = new ArrayList<>();
    LineReader reader = new LineReader(10, line -> lines.add(line.text()));
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += step) {
      reader.feed(bytes, from, Math.min(bytes.length, from + step));
    }
    reader.end();
    return lines;
  }

  @Test
  void readsTheSameLinesFromPiecesOfAnySize() throws SseTooLarge {
    String text = "{\"é\":1}\n\n \t\r\n{}\r\n[1,\r2]\n\n7";
    for (int step = 1; step <= text.length() + 1; step++) {
      assertThat(read(text, step)).containsExactly("{\"é\":1}", "{}", "[1,\r2]", "7");
    }
  }

  @Test
  void readsNothingFromNothing() throws SseTooLarge {
    assertThat(read("", 1)).isEmpty();
    assertThat(read("\n\r\n ", 1)).isEmpty();
  }

  @Test
  void keepsALineWhenTheBufferIsUsedAgain() throws SseTooLarge {
    List<String> lines = new ArrayList<>();
    List<dev.turnpike.rpc.Payload> payloads = new ArrayList<>();
    LineReader reader = new LineReader(10, payloads::add);
    byte[] buffer = "1\n".getBytes(UTF_8);
    reader.feed(buffer, 0, 2);
    buffer[0] = '2';
    reader.feed(buffer, 0, 2);
    payloads.forEach(payload -> lines.add(payload.text()));
    assertThat(lines).containsExactly("1", "2");
  }

  @Test
  void holdsNoMoreThanTheBound() throws SseTooLarge {
    assertThat(read("0123456789\n0123456789", 3)).hasSize(2);
    for (int step : new int[] {1, 5, 20}) {
      assertThatThrownBy(() -> read("0\n01234567890", step)).isInstanceOf(SseTooLarge.class);
      assertThatThrownBy(() -> read("01234567890\n", step)).isInstanceOf(SseTooLarge.class);
    }
  }
}
