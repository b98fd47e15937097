package dev.turnpike.protocol.a2a;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.LinkedHashMap;
import java.util.Map;

final class Params {
  private Params() {}

  static Map<String, Object> read(Operation operation, Payload params) {
    return members(params);
  }

  static Map<String, Object> result(Operation operation, Payload result, boolean event) {
    return members(result);
  }

  private static Map<String, Object> members(Payload json) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (JsonValue.read(json) instanceof Map<?, ?> members) {
      members.forEach((k, v) -> all.put(String.valueOf(k), v));
    }
    return all;
  }
}
