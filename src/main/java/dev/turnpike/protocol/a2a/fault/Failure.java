package dev.turnpike.protocol.a2a.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One error as a value.
 *
 * @param code that of JSON-RPC
 * @param details objects with an {@code @type} each
 */
public record Failure(long code, String message, List<Map<String, Object>> details) {
  private static final String INFO = "type.googleapis.com/google.rpc.ErrorInfo";
  private static final String DOMAIN = "a2a-protocol.org";

  public Failure {
    details = List.copyOf(details);
  }

  /** What kind of error it is; empty for one that A2A does not know. */
  public Optional<Fault> fault() {
    return Fault.of(code);
  }

  /**
   * From an error of JSON-RPC, in whatever version: details that are none are left out, and that
   * which names the error is added where it is missing.
   *
   * @param error with an integer as its code and a text as its message; anything else is empty
   */
  public static Optional<Failure> ofJsonRpc(Map<String, Object> error) {
    return error.get("code") instanceof Long code && error.get("message") instanceof String message
        ? Optional.of(of(code, message, details(error.get("data"))))
        : Optional.empty();
  }

  /** As JSON-RPC writes it in 1.0. */
  public Map<String, Object> jsonRpc() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    if (!details.isEmpty()) {
      error.put("data", details);
    }
    return error;
  }

  /** What of it is an array of details. */
  public static List<Map<String, Object>> details(@Nullable Object value) {
    List<Map<String, Object>> details = new ArrayList<>();
    if (value instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> detail && detail.get("@type") instanceof String) {
          details.add(object(detail));
        }
      }
    }
    return details;
  }

  /** The error that the details name, in A2A's own domain or in none. */
  public static Optional<Fault> named(List<Map<String, Object>> details) {
    return details.stream()
        .filter(detail ->
            INFO.equals(detail.get("@type"))
                && DOMAIN.equals(detail.getOrDefault("domain", DOMAIN)))
        .flatMap(detail -> Fault.of(String.valueOf(detail.get("reason"))).stream())
        .findFirst();
  }

  /** With a detail that names the error, where it is one of A2A's own and none does. */
  public static Failure of(long code, String message, List<Map<String, Object>> details) {
    return new Failure(
        code,
        message,
        Fault.of(code).filter(Fault::ofA2a).map(fault -> named(fault, details)).orElse(details));
  }

  /** The same details, with one that names the error where none names any. */
  public static List<Map<String, Object>> named(Fault fault, List<Map<String, Object>> details) {
    if (details.stream().anyMatch(detail -> INFO.equals(detail.get("@type")))) {
      return details;
    }
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("@type", INFO);
    info.put("reason", fault.name());
    info.put("domain", DOMAIN);
    List<Map<String, Object>> all = new ArrayList<>(details);
    all.addFirst(info);
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<?, ?> value) {
    return (Map<String, Object>) value;
  }
}
