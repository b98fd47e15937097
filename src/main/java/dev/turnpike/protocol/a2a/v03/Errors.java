package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.fault.Failure;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import java.util.Optional;

/** Errors: 0.3 knows no reasons, and any data. Codes are the same, also those new in 1.0. */
public final class Errors {
  private Errors() {}

  /**
   * From what an agent of 0.3 said. Of its data only what 1.0 takes for details is kept.
   *
   * @param error that was scanned, strictly
   * @return empty where it is no error of JSON-RPC
   */
  public static Optional<Failure> toCurrent(Payload error) {
    return JsonValue.read(error) instanceof Map<?, ?> members
        ? Failure.ofJsonRpc(Members.object(members))
        : Optional.empty();
  }

  /** As a caller of 0.3 gets it: the details are data to it. */
  public static Map<String, Object> toOld(Failure failure) {
    return failure.jsonRpc();
  }
}
