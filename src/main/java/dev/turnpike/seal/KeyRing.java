package dev.turnpike.seal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Keys by their ids: the first seals, all open. A key is put behind the first one before it seals,
 * and taken out when nothing that it sealed is wanted any more. Immutable.
 */
public final class KeyRing {
  private static final int KEY_BYTES = 32;
  private static final int MAX_ID = 32;

  /** A key of 256 bits, and the name that what it sealed begins with. */
  record Key(String id, byte[] secret) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && id.equals(that.id)
          && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  private final List<Key> keys;

  private KeyRing(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** A key that lives as long as the process. */
  public static KeyRing random(RandomGenerator random) {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    return new KeyRing(List.of(new Key("p", secret)));
  }

  /**
   * Reads lines of {@code id:base64}, 32 bytes each; empty lines and those that begin with {@code
   * #} are skipped.
   *
   * @throws IllegalArgumentException says which line is wrong, and nothing of what it holds
   */
  public static KeyRing read(List<String> lines) {
    List<Key> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String id = colon < 0 ? "" : line.substring(0, colon);
      byte[] secret = colon < 0 ? new byte[0] : decoded(line.substring(colon + 1).strip());
      if (!id.matches("[A-Za-z0-9_-]{1," + MAX_ID + "}") || secret.length != KEY_BYTES) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + ": expected id:base64 of 32 bytes, id in [A-Za-z0-9_-]");
      }
      if (!ids.add(id)) {
        throw new IllegalArgumentException("line " + (i + 1) + ": the id is there twice");
      }
      keys.add(new Key(id, secret));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no key: expected lines of id:base64");
    }
    return new KeyRing(keys);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  Key first() {
    return keys.getFirst();
  }

  Optional<Key> named(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The ids only. */
  @Override
  public String toString() {
    return "KeyRing" + keys.stream().map(Key::id).toList();
  }
}
