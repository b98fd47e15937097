package dev.turnpike.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a journal, by their numbers. Blocks. */
record Segments(Path folder) {
  private static final String ENDING = ".journal";

  /** Bytes; there is an entry in it, wherever it begins. */
  private static final int LONGEST_READ = 32 * Codec.LARGEST;

  Path of(long number) {
    return folder.resolve("%012d%s".formatted(number, ENDING));
  }

  /** In the order of their numbers. */
  List<Long> numbers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("\\d{12}\\" + ENDING))
          .map(name -> Long.valueOf(name.substring(0, 12)))
          .sorted()
          .toList();
    }
  }

  /** Whether no record was begun in it. */
  boolean isEmpty(long number) throws IOException {
    try (FileChannel channel = FileChannel.open(of(number), StandardOpenOption.READ)) {
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
      return channel.read(length, 0) < Integer.BYTES || length.getInt(0) == 0;
    }
  }

  /** Some entries, and the place behind the last of them. */
  record Part(List<Entry> entries, Position next) {}

  /**
   * Entries from a place on.
   *
   * @param end the place before which all is written to its end
   * @param most entries
   */
  Part read(Position from, Position end, int most) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Position at = from;
    while (at.compareTo(end) < 0 && entries.size() < most) {
      Position before = at;
      at = within(at, end, most, entries);
      if (at.equals(before)) {
        // this file has no more: its end was never written, or it is full
        at = new Position(at.segment() + 1, 0);
      }
    }
    return new Part(entries, at.compareTo(end) > 0 ? end : at);
  }

  private Position within(Position from, Position end, int most, List<Entry> entries)
      throws IOException {
    Path file = of(from.segment());
    if (!Files.exists(file)) {
      return from;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long limit = from.segment() == end.segment() ? end.offset() : channel.size();
      // not all that is left of the file: whoever is behind would read its end again and again
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.clamp(limit - from.offset(), 0, LONGEST_READ));
      while (bytes.hasRemaining() && channel.read(bytes, from.offset() + bytes.position()) > 0) {
        // until all of it is there
      }
      bytes.flip();
      while (entries.size() < most) {
        Optional<Entry> entry = Codec.get(bytes);
        if (entry.isEmpty()) {
          break;
        }
        entries.add(entry.get());
      }
      return new Position(from.segment(), from.offset() + bytes.position());
    }
  }

  /** Removes the files before that one. */
  void forget(long before) throws IOException {
    for (long number : numbers()) {
      if (number < before) {
        Files.deleteIfExists(of(number));
      }
    }
  }
}
