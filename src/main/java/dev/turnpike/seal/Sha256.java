package dev.turnpike.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of texts (FIPS 180-4), as UTF-8. Safe for any thread. */
public final class Sha256 {
  private static final MessageDigest FRESH = fresh();

  private Sha256() {}

  // a copy of one that is ready costs less than to look one up, and this is done in every call
  public static byte[] of(String text) {
    try {
      return ((MessageDigest) FRESH.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 can be copied", impossible);
    }
  }

  /** The same in 64 hexadecimal digits, in lower case. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
