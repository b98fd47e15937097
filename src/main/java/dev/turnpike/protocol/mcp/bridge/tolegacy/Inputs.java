package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.bridge.tolegacy.Continuation.Pending;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests of a legacy upstream as the inputs that a modern result asks for. */
final class Inputs {
  private static final List<String> KINDS =
      List.of("elicitation/create", "sampling/createMessage", "roots/list");

  private static final Wanted ANYTHING = new Wanted();

  private Inputs() {}

  /** Whether it is a request that can be an input. */
  static boolean known(String method) {
    return KINDS.contains(method);
  }

  /** The question as it is kept; its id of the older era is left out. */
  static Pending pending(RpcId question, String method, Told told) {
    String params = "{}";
    if (told.scan().type(Told.PARAMS) == JsonType.OBJECT) {
      params = told.scan().part(Told.PARAMS).text();
      if (method.equals("elicitation/create")
          && JsonValue.read(told.scan().part(Told.PARAMS)) instanceof Map<?, ?> read
          && read.containsKey("elicitationId")) {
        Map<String, Object> without = new LinkedHashMap<>();
        read.forEach((name, value) -> without.put(String.valueOf(name), value));
        without.remove("elicitationId");
        params = JsonValue.write(without);
      }
    }
    return new Pending(question, method, params);
  }

  /** The result that asks for these. */
  static Payload required(RpcId id, Map<String, Pending> asked, Optional<String> state) {
    StringBuilder json =
        new StringBuilder("{\"jsonrpc\":\"2.0\",\"id\":")
            .append(id.lexeme())
            .append(",\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{");
    boolean first = true;
    for (Map.Entry<String, Pending> entry : asked.entrySet()) {
      json.append(first ? "" : ",");
      first = false;
      JsonText.quoteInto(json, entry.getKey());
      json.append(":{\"method\":");
      JsonText.quoteInto(json, entry.getValue().method());
      json.append(",\"params\":").append(entry.getValue().params()).append('}');
    }
    json.append('}');
    state.ifPresent(sealed -> json.append(",\"requestState\":").append(JsonText.quote(sealed)));
    return Payload.of(json.append("}}").toString());
  }

  /** What 2025-11-25 says by an error: the caller must open these first, and call again. */
  static Map<String, Pending> elicitations(Told told) {
    Map<String, Pending> asked = new LinkedHashMap<>();
    if (told.scan().type(Told.ELICITATIONS) == JsonType.ARRAY) {
      for (Scan one : JsonScanner.elements(told.scan().part(Told.ELICITATIONS), ANYTHING)) {
        if (JsonValue.read(one.payload()) instanceof Map<?, ?> read) {
          Map<String, Object> params = new LinkedHashMap<>();
          read.forEach((name, value) -> params.put(String.valueOf(name), value));
          params.remove("elicitationId");
          params.putIfAbsent("mode", "url");
          asked.put(
              "u" + (asked.size() + 1),
              new Pending(new RpcId.Num("0"), "elicitation/create", JsonValue.write(params)));
        }
      }
    }
    return asked;
  }
}
