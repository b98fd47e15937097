package dev.turnpike.protocol.a2a;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.Shapes;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/** Agents of A2A 1.0, whose form is the canonical one. */
final class CurrentAgent implements AgentDialect {
  @Override
  public String version() {
    return Version.CURRENT;
  }

  @Override
  public Optional<String> method(Operation operation) {
    return Optional.of(operation.method());
  }

  @Override
  public Map<String, Object> params(Operation operation, Map<String, Object> params) {
    return params;
  }

  @Override
  public Map<String, Object> result(Operation operation, Payload result) throws Misshapen {
    return Params.answered(operation).read(result);
  }

  // when a stream ends is the agent's to do, and not to say (A2A 1.0, section 3.1.2)
  @Override
  public Heard event(Payload result) throws Misshapen {
    return new Heard(Shapes.EVENT.read(result), false);
  }

  @Override
  public Payload error(Payload error) {
    return error;
  }
}
