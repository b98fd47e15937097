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
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.lines().toList().reversed()) {
        // half a record at the end is one that is being written
        if (line.endsWith("}") && matches.test(line)) {
          if (found.size() == most) {
            return new TrailQuery(found, true);
          }
          found.add(line);
        }
      }
    }
    return new TrailQuery(found, false);
  }
}
