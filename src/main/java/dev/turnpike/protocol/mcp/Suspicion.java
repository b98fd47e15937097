package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.RpcId;
import java.util.Optional;

/**
 * Which answers an upstream gives that no longer speaks the era that it was asked in. None is sure:
 * whoever gets one asks the upstream anew what it speaks.
 */
public final class Suspicion {
  private static final long SERVER = -32000;
  private static final long SESSION = -32001;

  private Suspicion() {}

  /** An error of what may be a legacy server that was asked without a session. */
  public static boolean ofLegacy(int status, Optional<RpcId> of, long code) {
    return status >= 400
        && status < 500
        && (of.isEmpty() || code == SERVER || code == SESSION || code == McpErrors.INVALID_REQUEST);
  }

  /** An error of what may be a modern server that was asked in a session. */
  public static boolean ofModern(int status, long code) {
    return code == McpErrors.UNSUPPORTED_VERSION || ofStatus(status);
  }

  /**
   * Whether the error says that the session was forgotten, so that the request was not looked at.
   */
  public static boolean ofSession(int status, long code) {
    return status == 404
        || code == SERVER
        || code == SESSION
        || code == McpErrors.INVALID_REQUEST
        || code == McpErrors.UNSUPPORTED_VERSION
        || code == McpErrors.HEADER_MISMATCH;
  }

  /** A status that says that the request was not even looked at. */
  public static boolean ofStatus(int status) {
    return status == 400 || status == 404 || status == 405;
  }
}
