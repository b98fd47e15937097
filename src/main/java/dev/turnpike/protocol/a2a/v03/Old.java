package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.Dialect;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/** A2A 0.3 towards callers. */
public final class Old implements Dialect {
  @Override
  public String version() {
    return "0.3";
  }

  @Override
  public Optional<Operation> operation(String method) {
    return Methods.operation(method);
  }

  @Override
  public Map<String, Object> params(Operation operation, Payload params) throws Misshapen {
    return Requests.toCurrent(operation, params);
  }

  @Override
  public Map<String, Object> result(Operation operation, Map<String, Object> result)
      throws Misshapen {
    return Results.toOld(operation, result);
  }

  @Override
  public Map<String, Object> event(Map<String, Object> event) throws Misshapen {
    // what the agent will say next is not known: only what ends a task is said to be the last
    return Event.toOld(event, false);
  }
}
