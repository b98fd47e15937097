package dev.turnpike.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that are kept: the ones to begin with, and each that ever broke a promise. */
final class Kept {
  private static final Path ROOT = Path.of("src/test/resources/fuzz");

  private Kept() {}

  static Path folder(Targets target) {
    return ROOT.resolve(target.folder());
  }

  /** By file name, in the order of the names. */
  static Map<String, byte[]> of(Targets target) {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder(target))) {
      for (Path file : files.toList()) {
        inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return inputs;
  }
}
