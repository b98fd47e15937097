package dev.turnpike.protocol.a2a.fault;

import java.util.Arrays;
import java.util.Optional;

/** The errors that A2A and JSON-RPC have names for. Each one's name is its reason. */
public enum Fault {
  TASK_NOT_FOUND(-32001, "NOT_FOUND", 404, 404),
  TASK_NOT_CANCELABLE(-32002, "FAILED_PRECONDITION", 400, 409),
  PUSH_NOTIFICATION_NOT_SUPPORTED(-32003, "FAILED_PRECONDITION", 400, 400),
  UNSUPPORTED_OPERATION(-32004, "FAILED_PRECONDITION", 400, 400),
  CONTENT_TYPE_NOT_SUPPORTED(-32005, "INVALID_ARGUMENT", 400, 415),
  INVALID_AGENT_RESPONSE(-32006, "INTERNAL", 500, 502),
  EXTENDED_AGENT_CARD_NOT_CONFIGURED(-32007, "FAILED_PRECONDITION", 400, 400),
  EXTENSION_SUPPORT_REQUIRED(-32008, "FAILED_PRECONDITION", 400, 400),
  VERSION_NOT_SUPPORTED(-32009, "FAILED_PRECONDITION", 400, 400),
  PARSE_ERROR(-32700, "INVALID_ARGUMENT", 400, 400),
  INVALID_REQUEST(-32600, "INVALID_ARGUMENT", 400, 400),
  METHOD_NOT_FOUND(-32601, "NOT_FOUND", 404, 404),
  INVALID_PARAMS(-32602, "INVALID_ARGUMENT", 400, 400),
  INTERNAL_ERROR(-32603, "INTERNAL", 500, 500);

  private final int code;
  private final String status;
  private final int patched;
  private final int first;

  Fault(int code, String status, int patched, int first) {
    this.code = code;
    this.status = status;
    this.patched = patched;
    this.first = first;
  }

  /** The two releases of 1.0, which are one version on the wire and differ in their statuses. */
  public enum Table {
    V1_0_0,
    V1_0_1
  }

  /** That of JSON-RPC. */
  public int code() {
    return code;
  }

  /** The word of {@code google.rpc.Code} that goes with it in a body. */
  public String status() {
    return status;
  }

  public int httpStatus(Table table) {
    return switch (table) {
      case V1_0_0 -> first;
      case V1_0_1 -> patched;
    };
  }

  /** Whether A2A defines it, and not JSON-RPC. */
  public boolean ofA2a() {
    return code > -32100;
  }

  public static Optional<Fault> of(long code) {
    return Arrays.stream(values()).filter(fault -> fault.code == code).findFirst();
  }

  /** By the reason of an ErrorInfo in the domain of A2A. */
  public static Optional<Fault> of(String reason) {
    return Arrays.stream(values()).filter(fault -> fault.name().equals(reason)).findFirst();
  }
}
