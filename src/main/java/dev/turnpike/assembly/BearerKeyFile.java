package dev.turnpike.assembly;

import dev.turnpike.identify.BearerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bearer keys in a file, which may be changed while the process runs. A line that is wrong takes no
 * other with it, and a file that is gone holds no keys: whoever takes a key away means it not to be
 * good. Thread-safe; {@link #poll} blocks.
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
    List<String> wrong = new ArrayList<>();
    current = BearerKeys.read(lines, wrong::add);
    return Optional.of(
        current.size()
            + " in force"
            + (wrong.isEmpty() ? "" : "; not taken: " + String.join("; ", wrong)));
  }
}
