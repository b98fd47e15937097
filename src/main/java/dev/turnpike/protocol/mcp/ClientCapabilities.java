package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refused;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Wanted.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a legacy caller can do, in modern words (client capabilities of 2026-07-28): what its
 * revision knows and what can be bridged, and nothing else.
 */
public final class ClientCapabilities {
  /** More says nothing of a client, and is kept for as long as a session. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final Map<String, List<String>> WAYS =
      new TreeMap<>(
          Map.of(
              "elicitation", List.of("form", "url"),
              "roots", List.of(),
              "sampling", List.of("context", "tools")));

  private ClientCapabilities() {}

  /** Refuses what is too large to be kept; each may be absent. */
  public static void bounded(Asked asked, Member... kept) throws Refused {
    for (Member one : kept) {
      if (asked.scan().has(one) && asked.scan().part(one).size() > MOST_BYTES) {
        throw Calls.invalid(
            "Capabilities and clientInfo may have " + MOST_BYTES + " bytes each, and no more");
      }
    }
  }

  /**
   * What of such capabilities a server may make its lists depend on: which requests the client
   * takes, and in which ways. There are few of them, whatever clients declare.
   *
   * @param declared as JSON
   */
  public static String essentials(String declared) {
    Map<String, Object> essentials = new LinkedHashMap<>();
    if (JsonValue.read(Payload.of(declared)) instanceof Map<?, ?> all) {
      WAYS.forEach((capability, ways) -> {
        if (all.get(capability) instanceof Map<?, ?> said) {
          Map<String, Object> kept = new LinkedHashMap<>();
          ways.stream().filter(said::containsKey).forEach(way -> kept.put(way, Map.of()));
          essentials.put(capability, kept);
        }
      });
    }
    return JsonValue.write(essentials);
  }

  /** The capabilities that a request says its caller has, in one spelling, as JSON. */
  public static String declared(Asked asked) {
    Map<String, Object> declared = new TreeMap<>();
    if (asked.scan().type(Asked.META_CAPABILITIES) == JsonType.OBJECT
        && JsonValue.read(asked.scan().part(Asked.META_CAPABILITIES)) instanceof Map<?, ?> all) {
      all.forEach((name, value) -> declared.put(String.valueOf(name), value));
    }
    // extensions run in the experimental lane, and this is the stable one
    declared.remove("extensions");
    return JsonValue.write(declared);
  }

  /** Those of an {@code initialize}, as they are declared to a modern upstream, as JSON. */
  public static String modern(Asked asked, String revision) {
    return JsonValue.write(
        modern(
            JsonValue.read(asked.scan().part(Asked.CAPABILITIES)) instanceof Map<?, ?> declared
                ? declared
                : Map.of(),
            revision));
  }

  /**
   * The capabilities as they are declared to a modern upstream.
   *
   * @param declared what the caller said in {@code initialize}
   */
  public static Map<String, Object> modern(Map<?, ?> declared, String revision) {
    Map<String, Object> modern = new LinkedHashMap<>();
    if (declared.get("experimental") instanceof Map<?, ?> experimental) {
      modern.put("experimental", experimental);
    }
    if (declared.get("roots") instanceof Map<?, ?>) {
      // roots/list_changed has no counterpart
      modern.put("roots", Map.of());
    }
    if (declared.get("sampling") instanceof Map<?, ?> sampling) {
      modern.put("sampling", richer(revision) ? sampling : Map.of());
    }
    if (declared.get("elicitation") instanceof Map<?, ?> elicitation
        && !revision.equals("2025-03-26")) {
      modern.put("elicitation", richer(revision) ? elicitation : Map.of());
    }
    return modern;
  }

  /** Whether sampling has tools, and elicitation modes, in the revision. */
  private static boolean richer(String revision) {
    return revision.compareTo("2025-11-25") >= 0;
  }

  /** Whether a caller with these capabilities can be asked this. */
  public static boolean allow(Map<?, ?> capabilities, String method, Map<?, ?> params) {
    return switch (method) {
      case "roots/list" -> capabilities.containsKey("roots");
      case "sampling/createMessage" ->
          capabilities.get("sampling") instanceof Map<?, ?> sampling
              && (!(params.containsKey("tools") || params.containsKey("toolChoice"))
                  || sampling.containsKey("tools"));
      case "elicitation/create" ->
          capabilities.get("elicitation") instanceof Map<?, ?> modes
              && ("url".equals(params.get("mode"))
                  ? modes.containsKey("url")
                  // whoever names no mode means forms
                  : !modes.containsKey("url") || modes.containsKey("form"));
      default -> false;
    };
  }
}
