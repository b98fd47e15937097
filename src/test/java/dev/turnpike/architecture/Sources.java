package dev.turnpike.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Java files below one folder, and what is wrong with their size and their packages' words. */
record Sources(Path folder) {
  static final Sources MAIN = new Sources(Path.of("src/main/java"));

  /** No file is longer. */
  static final int LONGEST = 400;

  /** Half of the files are no longer; the words about a package do not count as a file. */
  static final int MEDIAN = 80;

  private static final String WORDS = "package-info.java";

  private static final int FEWEST_WORDS = 3;

  private static final Pattern DOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  List<Path> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of each file that holds code. */
  Map<Path, Integer> lines() {
    Map<Path, Integer> lines = new TreeMap<>();
    for (Path file : files()) {
      if (!file.endsWith(WORDS)) {
        lines.put(file, text(file).lines().toList().size());
      }
    }
    return lines;
  }

  List<String> tooLong() {
    return lines().entrySet().stream()
        .filter(file -> file.getValue() > LONGEST)
        .map(file -> file.getKey() + " has " + file.getValue() + " lines, not " + LONGEST)
        .toList();
  }

  int medianLines() {
    List<Integer> sorted = lines().values().stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  /** Packages that do not say what comes in, what goes out and what they never do. */
  List<String> wordless() {
    List<String> faults = new ArrayList<>();
    for (Path home : files().stream().map(Sources::home).distinct().toList()) {
      Path words = home.resolve(WORDS);
      if (!Files.exists(words)) {
        faults.add(home + " has no " + WORDS);
        continue;
      }
      String text = text(words);
      if (!text.contains("@NullMarked\npackage ")) {
        faults.add(words + " is not @NullMarked");
      }
      if (docLines(text) < FEWEST_WORDS) {
        faults.add(words + " has fewer than " + FEWEST_WORDS + " lines of documentation");
      }
    }
    return faults;
  }

  private static long docLines(String text) {
    Matcher doc = DOC.matcher(text);
    if (!doc.find()) {
      return 0;
    }
    return doc.group(1).lines().filter(line -> line.matches(".*\\w.*")).count();
  }

  private static Path home(Path file) {
    Path home = file.getParent();
    return home == null ? Path.of("") : home;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
