package dev.turnpike.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A byte pair encoding of a family of models. Its table is loaded with the first text, which takes
 * a third of a second.
 */
public final class Encoding implements Tokenizer {
  private final EncodingType type;

  private Encoding(EncodingType type) {
    this.type = type;
  }

  private static final class Tables {
    private static final com.knuddels.jtokkit.api.EncodingRegistry REGISTRY =
        Encodings.newLazyEncodingRegistry();
  }

  /** The one of that name, such as {@code o200k_base}. */
  public static Optional<Tokenizer> named(String name) {
    return EncodingType.fromName(name).map(Encoding::new);
  }

  /** The names that there are. */
  public static String names() {
    return Arrays.stream(EncodingType.values())
        .map(EncodingType::getName)
        .collect(Collectors.joining(", "));
  }

  @Override
  public long count(String text) {
    return Tables.REGISTRY.getEncoding(type).countTokensOrdinary(text);
  }
}
