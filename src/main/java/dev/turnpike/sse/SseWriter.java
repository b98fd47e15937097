package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;
import java.io.ByteArrayOutputStream;

/**
 * Writes events of an event stream (WHATWG HTML, section 9.2.5), of the type "message" where no
 * other is named.
 */
public final class SseWriter {
  /**
   * A comment, which readers skip: keeps proxies on the way from closing a quiet stream. Never
   * write to it.
   */
  @SuppressWarnings("MutablePublicArray")
  public static final byte[] COMMENT = ": \n\n".getBytes(UTF_8);

  private static final byte[] DATA = "data: ".getBytes(UTF_8);

  private SseWriter() {}

  /**
   * One event. Each line of the data, ended by CR, LF or both, becomes a line of its own, and a
   * reader joins them by LF.
   *
   * @param id empty for none
   * @throws IllegalArgumentException when the id would end its line early or be ignored
   */
  public static byte[] event(String id, Payload data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.size() + id.length() + 24);
    writeId(out, id);
    int start = 0;
    for (int at = 0; at < data.size(); at++) {
      byte here = data.at(at);
      if (here == '\n' || here == '\r') {
        writeData(out, data, start, at);
        boolean both = here == '\r' && at + 1 < data.size() && data.at(at + 1) == '\n';
        at += both ? 1 : 0;
        start = at + 1;
      }
    }
    writeData(out, data, start, data.size());
    out.write('\n');
    return out.toByteArray();
  }

  /**
   * One event of another type than "message".
   *
   * @throws IllegalArgumentException when the type would end its line early
   */
  public static byte[] named(String type, Payload data) {
    if (type.isEmpty() || type.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("a type that is empty or has an end of line");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.size() + type.length() + 24);
    out.writeBytes(("event: " + type + "\n").getBytes(UTF_8));
    out.writeBytes(event("", data));
    return out.toByteArray();
  }

  /**
   * An event without data, which tells where to resume from and after how long.
   *
   * @param id empty for none
   * @param retryMillis not negative
   */
  public static byte[] prime(String id, long retryMillis) {
    if (retryMillis < 0) {
      throw new IllegalArgumentException("retry " + retryMillis + " is negative");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeId(out, id);
    out.writeBytes(("retry: " + retryMillis + "\ndata:\n\n").getBytes(UTF_8));
    return out.toByteArray();
  }

  private static void writeId(ByteArrayOutputStream out, String id) {
    if (id.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("an id with an end of line or a NUL");
    }
    if (!id.isEmpty()) {
      out.writeBytes(("id: " + id + "\n").getBytes(UTF_8));
    }
  }

  private static void writeData(ByteArrayOutputStream out, Payload data, int start, int end) {
    out.writeBytes(DATA);
    out.write(data.array(), data.offset() + start, end - start);
    out.write('\n');
  }
}
