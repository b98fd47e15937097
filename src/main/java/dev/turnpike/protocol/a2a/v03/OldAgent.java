package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.AgentDialect;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/** A2A 0.3 towards agents. */
public final class OldAgent implements AgentDialect {
  @Override
  public String version() {
    return "0.3";
  }

  @Override
  public Optional<String> method(Operation operation) {
    return Requests.takes(operation) ? Methods.method(operation) : Optional.empty();
  }

  @Override
  public Map<String, Object> params(Operation operation, Map<String, Object> params)
      throws Misshapen {
    return Requests.toOld(operation, params);
  }

  @Override
  public Map<String, Object> result(Operation operation, Payload result) throws Misshapen {
    return Results.toCurrent(operation, result);
  }

  @Override
  public Heard event(Payload result) throws Misshapen {
    Event event = Event.toCurrent(result);
    return new Heard(event.value(), event.last());
  }

  @Override
  public Payload error(Payload error) {
    return Errors.toCurrent(error)
        .map(failure -> Payload.of(JsonValue.write(failure.jsonRpc())))
        .orElse(error);
  }
}
