package dev.turnpike.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads a trail from its end.
 *
 * @param records as lines of JSON, the newest first
 * @param more whether older ones match, too, as far as was looked
 */
public record TrailQuery(List<String> records, boolean more) {
  public TrailQuery {
    records = List.copyOf(records);
  }

  /**
   * Blocks; one file at a time is held.
   *
   * @param most records
   */
  public static TrailQuery of(Path folder, Predicate<String> matches, int most) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : new TrailFolder(folder).files().reversed()) {
      byte[] bytes = Files.readAllBytes(file);
      // half a record at the end is one that is being written
      int end = lineEnd(bytes, bytes.length);
      while (end > 0) {
        int start = lineEnd(bytes, end - 1);
        String line = new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8);
        if (matches.test(line)) {
          if (found.size() == most) {
            return new TrailQuery(found, true);
          }
          found.add(line);
        }
        end = start;
      }
    }
    return new TrailQuery(found, false);
  }

  /** Behind the last end of a line before there; 0 where there is none. */
  private static int lineEnd(byte[] bytes, int before) {
    int at = before;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
