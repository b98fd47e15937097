package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in a document that objects lead to, written as RFC 6901 writes it.
 *
 * @param names of the members on the way, decoded; at least one
 */
public record JsonPointer(List<String> names) {
  private static final Pattern BROKEN = Pattern.compile("~(?![01])");
  private static final Pattern INDEX = Pattern.compile("-|[0-9]+");

  public JsonPointer {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a pointer needs at least one name");
    }
  }

  /**
   * Reads one such as {@code /a/b~1c}.
   *
   * @throws IllegalArgumentException with what is wrong: no pointer, or one into an array, where
   *     nothing is found by one
   */
  public static JsonPointer parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' does not begin with /");
    }
    if (BROKEN.matcher(text).find()) {
      throw new IllegalArgumentException("in '" + text + "' a ~ is not followed by 0 or 1");
    }
    if (!new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
      throw new IllegalArgumentException("'" + text + "' has half a surrogate pair");
    }
    List<String> names =
        Stream.of(text.substring(1).split("/", -1)).map(JsonPointer::name).toList();
    names.stream()
        .filter(name -> INDEX.matcher(name).matches())
        .findFirst()
        .ifPresent(index -> {
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' leads into an array ("
                  + index
                  + "), and only objects are looked into");
        });
    return new JsonPointer(names);
  }

  private static String name(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }
}
