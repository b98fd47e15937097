package dev.turnpike.assembly;

import dev.turnpike.identify.BearerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bearer keys in a file, which may be changed while the process runs. Keys that can no longer be
 * read are not in force: whoever takes the file away means nobody to come in. Thread-safe; {@link
 * #poll} blocks.
 */
final class BearerKeyFile implements Supplier<BearerKeys> {
  private final Path path;
  private List<String> seen;
  private volatile BearerKeys current;

  private BearerKeyFile(Path path, List<String> lines) {
    this.path = path;
    this.seen = lines;
    this.current = BearerKeys.read(lines);
  }

  /**
   * @throws IllegalArgumentException in words for the operator
   */
  static BearerKeyFile open(Path path) {
    try {
      return new BearerKeyFile(path, Files.readAllLines(path));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "turnpike.identity.keys-file: " + path + " cannot be read", unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "turnpike.identity.keys-file: " + path + ": " + wrong.getMessage(), wrong);
    }
  }

  @Override
  public BearerKeys get() {
    return current;
  }

  /** What became of a change, for the log; empty where there was none. */
  synchronized Optional<String> poll() {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException gone) {
      lines = List.of();
    }
    if (lines.equals(seen)) {
      return Optional.empty();
    }
    seen = lines;
    try {
      current = BearerKeys.read(lines);
      return Optional.of("in force: " + current.size());
    } catch (IllegalArgumentException broken) {
      return Optional.of("refused, the last good ones go on: " + broken.getMessage());
    }
  }
}
