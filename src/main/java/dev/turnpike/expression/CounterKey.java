package dev.turnpike.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.UnsignedLong;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled {@code per}. Immutable and safe for any thread. */
public final class CounterKey {
  /** What counts under which no value could be found. */
  public static final String NONE = "none";

  private static final int LONGEST = 256;

  private final Compiled compiled;
  private final Optional<PlainPath> path;

  /**
   * @param path the same by a shorter way, where there is one
   */
  CounterKey(Compiled compiled, Optional<PlainPath> path) {
    this.compiled = compiled;
    this.path = path;
  }

  /**
   * The value for this call, at most 256 characters (a longer one is replaced by its SHA-256);
   * {@link #NONE} where a member is missing or empty, or the expression fails. Never throws.
   */
  public String of(Facts facts) {
    return path.isPresent() ? text(path.get().of(facts)) : byProgram(facts);
  }

  /** The same, the long way. */
  String byProgram(Facts facts) {
    return switch (compiled.run(facts)) {
      case Compiled.Result.Value(var value) -> text(value);
      case Compiled.Result.Failure _ -> NONE;
    };
  }

  boolean isPath() {
    return path.isPresent();
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> NONE;
      case String text -> bounded(text);
      case Long number -> number.toString();
      case Boolean truth -> truth.toString();
      case UnsignedLong number -> number.toString();
      default -> NONE;
    };
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return text.isEmpty() ? NONE : text;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
