package dev.turnpike.protocol.mcp.bridge.tolegacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a continuation is bound to besides its caller: a retry must ask for the very same. */
final class Binding {
  private Binding() {}

  /**
   * @param upstream of several behind one endpoint, which may have things of the same name
   */
  static List<String> of(Asked asked, Method method, String endpoint, String upstream) {
    return List.of(
        endpoint,
        upstream,
        method.name(),
        asked.text(Asked.NAME).orElse(""),
        asked.text(Asked.URI).orElse(""),
        arguments(asked));
  }

  // the order of members does not matter: a client may write them anew
  private static String arguments(Asked asked) {
    if (asked.scan().type(Asked.ARGUMENTS) == JsonType.ABSENT) {
      return "";
    }
    String canonical = JsonValue.write(sorted(JsonValue.read(asked.scan().part(Asked.ARGUMENTS))));
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<String, Object> sorted = new TreeMap<>();
        object.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
        yield sorted;
      }
      case List<?> array -> {
        List<Object> copy = new ArrayList<>(array.size());
        array.forEach(element -> copy.add(sorted(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
