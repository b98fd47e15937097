package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Said;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an agent, in the canonical form that it is judged by and sent on in. What the
 * gateway does not offer is refused here.
 *
 * @param params of the request message of the operation, by the names of A2A 1.0
 */
record Request(Operation operation, Map<String, Object> params) {
  static Request read(Dialect dialect, Operation operation, Envelope envelope) throws Refused {
    if (operation.push()) {
      throw noPush();
    }
    if (operation == Operation.GET_EXTENDED_AGENT_CARD) {
      throw new Refused(
          new Refusal.ProtocolRule(
              200, A2aErrors.EXTENDED_CARD_NOT_CONFIGURED, "There is no extended card here"));
    }
    Map<String, Object> params = Params.read(dialect, operation, envelope.params());
    if (object(params.get("configuration")).containsKey("taskPushNotificationConfig")) {
      throw noPush();
    }
    if (params.get("tenant") instanceof String tenant && !tenant.isEmpty()) {
      // the card that we show names none, and who was told of another has it from elsewhere
      throw new Refused(
          new Refusal.ProtocolRule(
              200, A2aErrors.INVALID_PARAMS, "tenant must be as the card says: none"));
    }
    return new Request(operation, params);
  }

  private static Refused noPush() {
    return new Refused(
        new Refusal.ProtocolRule(
            200, A2aErrors.PUSH_NOT_SUPPORTED, "Push notifications are not supported here"));
  }

  /** The task that it is about; empty where it names none. */
  Optional<String> task() {
    Object id = operation.says() ? object(params.get("message")).get("taskId") : params.get("id");
    return id instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  /** What it says to the agent. */
  Said said() {
    if (!(object(params.get("message")).get("parts") instanceof List<?> parts)) {
      return Said.NOTHING;
    }
    List<Payload> data = new ArrayList<>();
    for (Object part : parts) {
      Map<?, ?> members = object(part);
      if (members.containsKey("data")) {
        data.add(Payload.of(JsonValue.write(members.get("data"))));
      }
    }
    return new Said(data, Payload.of(JsonValue.write(parts)));
  }

  /**
   * As it is sent on.
   *
   * @param agent how the agent is spoken to: one that can be asked for this
   * @param tenant that the agent wants named; empty: none
   */
  Payload body(AgentDialect agent, String id, String tenant) throws Misshapen {
    Map<String, Object> sent = new LinkedHashMap<>(params);
    sent.remove("tenant");
    if (!tenant.isEmpty()) {
      sent.put("tenant", tenant);
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("method", agent.method(operation).orElseThrow());
    message.put("params", agent.params(operation, unextended(sent)));
    return Payload.of(JsonValue.write(message));
  }

  // no extension is activated, so that none can be what the rules have not seen
  private static Map<String, Object> unextended(Map<String, Object> sent) {
    Map<String, Object> message = object(sent.get("message"));
    if (message.containsKey("extensions")) {
      Map<String, Object> bare = new LinkedHashMap<>(message);
      bare.remove("extensions");
      sent.put("message", bare);
    }
    return sent;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
  }
}
