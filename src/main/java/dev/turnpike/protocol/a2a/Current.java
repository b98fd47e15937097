package dev.turnpike.protocol.a2a;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/** A2A 1.0, whose form is the canonical one. */
final class Current implements Dialect {
  @Override
  public String version() {
    return Version.CURRENT;
  }

  @Override
  public Optional<Operation> operation(String method) {
    return Operation.named(method);
  }

  @Override
  public Map<String, Object> params(Operation operation, Payload params) throws Misshapen {
    return Params.asked(operation).read(params);
  }

  @Override
  public Map<String, Object> result(Operation operation, Map<String, Object> result) {
    return result;
  }

  @Override
  public Map<String, Object> event(Map<String, Object> event) {
    return event;
  }
}
