package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/** What the adapters towards legacy upstreams share. */
record LegacySide(Pool pool, Tools tools, Continuations continuations) {
  /** The capabilities that a request says its caller has, in one spelling, as JSON. */
  static String capabilities(Asked asked) {
    Map<String, Object> declared = new TreeMap<>();
    if (asked.scan().type(Asked.META_CAPABILITIES) == JsonType.OBJECT
        && JsonValue.read(asked.scan().part(Asked.META_CAPABILITIES)) instanceof Map<?, ?> all) {
      all.forEach((name, value) -> declared.put(String.valueOf(name), value));
    }
    // extensions run in the experimental lane, and this is the stable one
    declared.remove("extensions");
    return JsonValue.write(declared);
  }
}
