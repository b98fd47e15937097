package dev.turnpike.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A key ring in a file, which may be changed while the process runs: the last one that could be
 * read is in force. Thread-safe; {@link #poll} blocks.
 */
public final class KeyFile implements Supplier<KeyRing> {
  private final Path path;
  private List<String> seen;
  private volatile KeyRing current;

  private KeyFile(Path path, List<String> lines) {
    this.path = path;
    this.seen = lines;
    this.current = KeyRing.read(lines);
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException says what is wrong with it, and nothing of what it holds
   */
  public static KeyFile open(Path path) {
    try {
      return new KeyFile(path, Files.readAllLines(path));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot be read", unreadable);
    }
  }

  @Override
  public KeyRing get() {
    return current;
  }

  /**
   * Reads it again where it has changed.
   *
   * @return what became of a change, for the log; empty where there was none
   */
  public synchronized Optional<String> poll() {
    try {
      List<String> lines = Files.readAllLines(path);
      if (lines.equals(seen)) {
        return Optional.empty();
      }
      seen = lines;
      current = KeyRing.read(lines);
      return Optional.of("in force: " + current);
    } catch (IOException unreadable) {
      return Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.of("refused, the last good ones go on: " + broken.getMessage());
    }
  }
}
