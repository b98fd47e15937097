package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server says that it can do, as far as a caller of the other era can have it. */
public final class ServerCapabilities {
  private static final List<String> BRIDGED =
      List.of("experimental", "logging", "completions", "prompts", "resources", "tools");

  private ServerCapabilities() {}

  /** Those of a result of {@code initialize} or {@code server/discover}, without the others. */
  public static Map<String, Object> bridged(Told told) {
    Map<String, Object> bridged = new LinkedHashMap<>();
    if (told.scan().type(Told.CAPABILITIES) == JsonType.OBJECT
        && JsonValue.read(told.scan().part(Told.CAPABILITIES)) instanceof Map<?, ?> all) {
      for (String name : BRIDGED) {
        if (all.get(name) instanceof Map<?, ?> one) {
          bridged.put(name, one);
        }
      }
    }
    return bridged;
  }
}
