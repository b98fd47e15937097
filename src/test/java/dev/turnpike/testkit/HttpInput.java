package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * HTTP/1.1 off a socket, read naively and by the letter: both ends of the tests use it, and nothing
 * of ours.
 */
final class HttpInput {
  private final InputStream in;
  private boolean chunked;
  private long left;
  private boolean whole;

  HttpInput(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The first line and the fields; {@link Closed} where the peer closed before the first byte. */
  List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    String line = line(true);
    while (!line.isEmpty()) {
      lines.add(line);
      line = line(false);
    }
    return lines;
  }

  /** How the body that follows ends. */
  void body(Fields fields, boolean mayEndWithTheConnection) {
    chunked = fields.first("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
    String length = fields.first("content-length");
    whole = false;
    if (chunked) {
      left = 0;
    } else if (!length.isEmpty()) {
      left = Long.parseLong(length);
      whole = left == 0;
    } else if (mayEndWithTheConnection) {
      left = Long.MAX_VALUE;
    } else {
      whole = true;
    }
  }

  void noBody() {
    whole = true;
  }

  /** The next byte of the body; -1 at its end. */
  int read() throws IOException {
    if (whole) {
      return -1;
    }
    if (chunked && left == 0) {
      nextChunk();
      if (whole) {
        return -1;
      }
    }
    int b = in.read();
    if (b < 0) {
      if (left == Long.MAX_VALUE && !chunked) {
        whole = true;
        return -1;
      }
      throw new EOFException("the body broke off");
    }
    if (left != Long.MAX_VALUE) {
      left--;
    }
    if (chunked && left == 0) {
      line(false);
    }
    whole = !chunked && left == 0;
    return b;
  }

  /** What is left of the body. */
  byte[] rest() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = read(); b >= 0; b = read()) {
      out.write(b);
    }
    return out.toByteArray();
  }

  private void nextChunk() throws IOException {
    String size = line(false);
    int extension = size.indexOf(';');
    left = Long.parseLong(extension < 0 ? size : size.substring(0, extension), 16);
    if (left == 0) {
      while (!line(false).isEmpty()) {
        // trailers say nothing here
      }
      whole = true;
    }
  }

  private String line(boolean first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (first && line.size() == 0) {
          throw new Closed();
        }
        throw new EOFException("the head broke off");
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The peer closed in good order, between two messages. */
  static final class Closed extends EOFException {
    private static final long serialVersionUID = 1;
  }
}
