package dev.turnpike.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a file of the trail ends.
 *
 * @param link the last whole record
 * @param whole bytes up to its end; what stands behind is a record that was not written to its end
 */
record Ending(Links.Link link, long whole) {
  /**
   * Reads it whole. Blocks.
   *
   * @throws IOException where the last line is whole and no record, or there is none: what was
   *     changed must not be continued as if nothing were
   */
  static Ending of(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    int start = end - 1;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    String line = end == 0 ? "" : new String(bytes, start, end - 1 - start, UTF_8);
    return new Ending(
        Links.read(line)
            .orElseThrow(() ->
                new IOException(
                    file + " does not end in a record: move it away to begin a new trail")),
        end);
  }
}
