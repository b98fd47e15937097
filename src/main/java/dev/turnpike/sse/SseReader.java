package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads an event stream as it arrives, in pieces of any size (WHATWG HTML, section 9.2.6 "Parsing
 * an event stream"). Differs in two things: an event without data is passed on when it sets an id
 * or a retry time, since MCP primes its streams so; and data stays bytes, which whoever reads them
 * must check for being UTF-8. For one thread at a time.
 */
public final class SseReader {
  private static final int LONGEST_RETRY = 18;

  private final LineSplitter lines;
  private final int maxEventBytes;
  private final Sink sink;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private long said;
  private Optional<String> id = Optional.empty();
  private String event = "";
  private OptionalLong retryMillis = OptionalLong.empty();
  private boolean first = true;

  /** Where the events go, in their order. */
  @FunctionalInterface
  public interface Sink {
    void event(SseEvent event);
  }

  /**
   * A reader at the start of a stream.
   *
   * @param maxEventBytes bound of one line, and of what the lines of one event say together: so no
   *     more than about twice this is ever held
   */
  public SseReader(int maxEventBytes, Sink sink) {
    this.lines = new LineSplitter(maxEventBytes, true, this::line);
    this.maxEventBytes = maxEventBytes;
    this.sink = sink;
  }

  /**
   * Takes the next bytes from {@code from} (inclusive) to {@code to} (exclusive), and keeps no
   * reference to the array. Events that they complete go to the sink before this returns.
   *
   * @throws SseTooLarge once a bound is passed, and at every call from then on
   */
  public void feed(byte[] bytes, int from, int to) throws SseTooLarge {
    lines.feed(bytes, from, to);
  }

  /** The stream ended: what is unfinished is dropped. */
  public void end() {
    clear();
    lines.drop();
  }

  private void line(byte[] bytes, int start, int end) throws SseTooLarge {
    int from = first && byteOrderMark(bytes, start, end) ? start + 3 : start;
    first = false;
    if (from == end) {
      dispatch();
      return;
    }
    int colon = from;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (colon == from) {
      return;
    }
    int value = Math.min(colon + 1, end);
    if (value < end && bytes[value] == ' ') {
      value++;
    }
    field(new String(bytes, from, colon - from, UTF_8), bytes, value, end);
  }

  private static boolean byteOrderMark(byte[] bytes, int start, int end) {
    return end - start >= 3
        && bytes[start] == (byte) 0xef
        && bytes[start + 1] == (byte) 0xbb
        && bytes[start + 2] == (byte) 0xbf;
  }

  private void field(String name, byte[] bytes, int start, int end) throws SseTooLarge {
    switch (name) {
      case "data" -> addData(bytes, start, end);
      case "event" -> event = addText(bytes, start, end);
      case "id" -> {
        String value = addText(bytes, start, end);
        id = value.indexOf('\0') < 0 ? Optional.of(value) : id;
      }
      case "retry" -> retry(addText(bytes, start, end));
      // Unknown fields are ignored by the rules.
      default -> {}
    }
  }

  private void addData(byte[] bytes, int start, int end) throws SseTooLarge {
    if (hasData) {
      count(1);
      data.write('\n');
    }
    count(end - start);
    data.write(bytes, start, end - start);
    hasData = true;
  }

  private String addText(byte[] bytes, int start, int end) throws SseTooLarge {
    count(end - start);
    return new String(bytes, start, end - start, UTF_8);
  }

  private void count(int more) throws SseTooLarge {
    said += more;
    if (said > maxEventBytes) {
      throw new SseTooLarge(maxEventBytes);
    }
  }

  private void retry(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && value.length() <= LONGEST_RETRY) {
      retryMillis = OptionalLong.of(Long.parseLong(value));
    }
  }

  private void dispatch() {
    boolean worth = hasData || id.isPresent() || retryMillis.isPresent();
    SseEvent whole =
        new SseEvent(
            id, event.isEmpty() ? "message" : event, Payload.of(data.toByteArray()), retryMillis);
    clear();
    if (worth) {
      sink.event(whole);
    }
  }

  private void clear() {
    data.reset();
    hasData = false;
    said = 0;
    id = Optional.empty();
    event = "";
    retryMillis = OptionalLong.empty();
  }
}
