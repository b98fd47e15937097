package dev.turnpike.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The configurations that are packaged, for who has none. */
final class ReadyFile {
  private ReadyFile() {}

  /** The text of the one of that name. */
  static String text(String name) {
    try (InputStream in = ReadyFile.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the ready turnpike.yaml is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the ready turnpike.yaml cannot be read", broken);
    }
  }
}
