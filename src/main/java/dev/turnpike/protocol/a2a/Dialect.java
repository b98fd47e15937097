package dev.turnpike.protocol.a2a;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/**
 * How callers of one version ask and are answered over JSON-RPC. Between its methods, all is in the
 * canonical form, which is that of 1.0. Thread-safe.
 */
public interface Dialect {
  /** As major and minor. */
  String version();

  /**
   * What a method asks for; empty for one that is not of this version, also where another has it.
   */
  Optional<Operation> operation(String method);

  /**
   * What is asked, in its canonical form.
   *
   * @param operation one that is {@linkplain Operation#served served}, of a method of this version
   * @param params that were scanned, strictly
   */
  Map<String, Object> params(Operation operation, Payload params) throws Misshapen;

  /** A result that is no stream, as the caller gets it. */
  Map<String, Object> result(Operation operation, Map<String, Object> result) throws Misshapen;

  /** An event of a stream, as the caller gets it. */
  Map<String, Object> event(Map<String, Object> event) throws Misshapen;
}
