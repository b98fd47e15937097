package dev.turnpike.protocol.mcp.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name under which a federated endpoint shows a tool or prompt of an upstream. */
final class ExposedName {
  private static final int LONGEST = 64;
  private static final int HASH_CHARACTERS = 8;

  private ExposedName() {}

  /**
   * {@code <upstream>_<name>}, in the characters that every model's API takes. A name that had to
   * be changed or shortened ends in {@code _} and 8 characters of its hash, always the same ones.
   */
  static String of(String upstream, String name) {
    String plain = upstream + "_" + safe(name);
    return plain.length() <= LONGEST && plain.equals(upstream + "_" + name)
        ? plain
        : marked(upstream, name);
  }

  /** The same, told apart from another that would read alike. */
  static String marked(String upstream, String name) {
    String plain = upstream + "_" + safe(name);
    int room = LONGEST - HASH_CHARACTERS - 1;
    return (plain.length() > room ? plain.substring(0, room) : plain)
        + "_"
        + hash(upstream + "\u0000" + name);
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .forEach(c ->
            safe.append(
                (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-'
                    ? (char) c
                    : '_'));
    return safe.toString();
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
