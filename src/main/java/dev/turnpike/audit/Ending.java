package dev.turnpike.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * How a file of the trail ends.
 *
 * @param link the last whole record
 * @param whole bytes up to its end; what stands behind is a record that was not written to its end
 */
record Ending(Links.Link link, long whole) {
  // of which a record takes a part only
  private static final int BLOCK = 1024 * 1024;

  /**
   * Reads its end; empty where it holds no whole line. Blocks.
   *
   * @throws IOException where the last line is whole and no record: what was changed must not be
   *     continued as if nothing were
   */
  static Optional<Ending> of(Path file) throws IOException {
    byte[] bytes;
    long from;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      from = Math.max(0, channel.size() - BLOCK);
      ByteBuffer block = ByteBuffer.allocate((int) (channel.size() - from));
      while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
        // until it is full, or the file ends
      }
      bytes = block.array();
    }
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end == 0 && from == 0) {
      return Optional.empty();
    }
    int start = Math.max(0, end - 1);
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    String line = end == 0 ? "" : new String(bytes, start, end - 1 - start, UTF_8);
    Links.Link link =
        Links.read(line)
            .orElseThrow(() ->
                new IOException(
                    file + " does not end in a record: move it away to begin a new file"));
    return Optional.of(new Ending(link, from + end));
  }
}
