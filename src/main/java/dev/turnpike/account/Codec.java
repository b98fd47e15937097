package dev.turnpike.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries as bytes: the length of what follows, its CRC-32C, the figures, the names. Where the
 * length is 0, or the sum is wrong, there is no entry.
 */
final class Codec {
  /** Bytes that no record exceeds. */
  static final int LARGEST = 8 * 1024;

  private static final int HEAD = 8;
  private static final byte FORMAT = 1;

  private Codec() {}

  /** Writes one; there must be room for {@link #LARGEST} bytes. */
  static void put(Entry entry, ByteBuffer out) {
    int start = out.position();
    out.position(start + HEAD);
    out.put(FORMAT).putLong(entry.millis()).putLong(entry.expected());
    Figures figures = entry.figures();
    out.putLong(figures.calls())
        .putLong(figures.input())
        .putLong(figures.output())
        .putLong(figures.reported())
        .putLong(figures.counted())
        .putLong(figures.estimated())
        .putLong(figures.definitions());
    Account account = entry.account();
    text(account.caller(), out);
    text(account.tenant(), out);
    text(account.endpoint(), out);
    text(account.target(), out);
    text(account.lane(), out);
    int length = out.position() - start - HEAD;
    out.putInt(start, length).putInt(start + 4, sum(out, start + HEAD, length));
  }

  /** Reads the one at the position, and goes past it; empty, and unmoved, where there is none. */
  static Optional<Entry> get(ByteBuffer in) {
    int start = in.position();
    if (in.remaining() < HEAD) {
      return Optional.empty();
    }
    int length = in.getInt(start);
    if (length <= 0
        || length > LARGEST
        || length > in.remaining() - HEAD
        || in.getInt(start + 4) != sum(in, start + HEAD, length)) {
      return Optional.empty();
    }
    ByteBuffer body = in.slice(start + HEAD, length);
    try {
      if (body.get() != FORMAT) {
        return Optional.empty();
      }
      long millis = body.getLong();
      long expected = body.getLong();
      Figures figures =
          new Figures(
              body.getLong(),
              body.getLong(),
              body.getLong(),
              body.getLong(),
              body.getLong(),
              body.getLong(),
              body.getLong());
      Account account = new Account(text(body), text(body), text(body), text(body), text(body));
      in.position(start + HEAD + length);
      return Optional.of(new Entry(millis, account, figures, expected));
    } catch (BufferUnderflowException notOurs) {
      return Optional.empty();
    }
  }

  private static int sum(ByteBuffer bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.slice(from, length));
    return (int) sum.getValue();
  }

  private static void text(String text, ByteBuffer out) {
    byte[] bytes = text.getBytes(UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
