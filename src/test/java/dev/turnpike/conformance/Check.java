package dev.turnpike.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One verdict of the suite.
 *
 * @param id what was looked at
 * @param status {@code SUCCESS}, {@code INFO}, {@code WARNING}, {@code SKIPPED} or {@code FAILURE}
 * @param message why, empty where it succeeded
 */
public record Check(String id, String status, String message) {
  // The suite names a folder <scenario>-<instant>, and server-… where a server is judged.
  private static final Pattern FOLDER =
      Pattern.compile("(?:server-)?(.+)-\\d{4}-\\d{2}-\\d{2}T[\\d-]+Z");

  /**
   * Whether this verdict lets a scenario pass. A warning or a skipped check does not: no fixture
   * earns one.
   */
  public boolean passes() {
    return status.equals("SUCCESS") || status.equals("INFO");
  }

  @Override
  public String toString() {
    return id + " " + status + (message.isEmpty() ? "" : ": " + message);
  }

  /** The verdicts that a run of the suite left in {@code output}, by scenario. */
  public static Map<String, List<Check>> readAll(Path output) {
    try (Stream<Path> folders = Files.list(output)) {
      return folders
          .filter(folder -> FOLDER.matcher(folder.getFileName().toString()).matches())
          .collect(
              Collectors.toMap(
                  folder -> scenarioOf(folder), folder -> read(folder.resolve("checks.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String scenarioOf(Path folder) {
    return FOLDER.matcher(folder.getFileName().toString()).replaceFirst("$1");
  }

  private static List<Check> read(Path file) {
    // A scenario that broke off leaves a folder without verdicts.
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      JsonNode all = new ObjectMapper().readTree(file.toFile());
      return StreamSupport.stream(all.spliterator(), false)
          .map(it ->
              new Check(
                  it.path("id").asText(),
                  it.path("status").asText(),
                  it.path("errorMessage").asText("")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
