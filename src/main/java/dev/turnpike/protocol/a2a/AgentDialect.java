package dev.turnpike.protocol.a2a;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/**
 * How agents of one version are asked, and answer, over JSON-RPC: the other side of a {@link
 * Dialect}. Thread-safe.
 */
public interface AgentDialect {
  /** As major and minor. */
  String version();

  /** The method that asks for it; empty for what cannot be asked in this version. */
  Optional<String> method(Operation operation);

  /**
   * The canonical parameters as the agent takes them.
   *
   * @param operation one that there is a method for
   */
  Map<String, Object> params(Operation operation, Map<String, Object> params) throws Misshapen;

  /**
   * A result that is no stream, in its canonical form.
   *
   * @param result that was scanned, strictly
   */
  Map<String, Object> result(Operation operation, Payload result) throws Misshapen;

  /**
   * An event of a stream, in its canonical form.
   *
   * @param result that was scanned, strictly
   */
  Heard event(Payload result) throws Misshapen;

  /**
   * One event.
   *
   * @param last whether the agent says that none follows
   */
  record Heard(Map<String, Object> value, boolean last) {}

  /** An error of JSON-RPC as 1.0 writes it. */
  Payload error(Payload error);
}
