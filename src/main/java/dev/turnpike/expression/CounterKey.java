package dev.turnpike.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.UnsignedLong;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A compiled {@code per}. Immutable and safe for any thread. */
public final class CounterKey {
  /** What counts under which no value could be found. */
  public static final String NONE = "none";

  private static final int LONGEST = 256;

  private final Compiled compiled;

  CounterKey(Compiled compiled) {
    this.compiled = compiled;
  }

  /**
   * The value for this call, at most 256 characters (a longer one is replaced by its SHA-256);
   * {@link #NONE} where a member is missing or the expression fails. Never throws.
   */
  public String of(Facts facts) {
    return switch (compiled.run(facts)) {
      case Compiled.Result.Value(String text) -> bounded(text);
      case Compiled.Result.Value(Long number) -> number.toString();
      case Compiled.Result.Value(Boolean truth) -> truth.toString();
      case Compiled.Result.Value(UnsignedLong number) -> number.toString();
      case Compiled.Result.Value _, Compiled.Result.Failure _ -> NONE;
    };
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
