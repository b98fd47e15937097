package dev.turnpike.flags;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Workload;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a flag may depend on: proven of the caller, or written by an administrator. Nothing that a
 * client sends is in it.
 *
 * @param tenant {@code none} where there is none
 * @param workload its SPIFFE ID; empty where there is none, and so are its parts
 * @param endpoint the name of the endpoint called
 */
public record Circumstances(
    String tenant,
    String workload,
    String trustDomain,
    String namespace,
    String serviceAccount,
    String endpoint) {
  /** Of nobody, anywhere. */
  public static final Circumstances NONE = new Circumstances("none", "", "", "", "", "");

  public static Circumstances of(Caller caller, String endpoint) {
    return caller
        .workload()
        .map(workload -> of(caller.tenant(), workload, endpoint))
        .orElseGet(() -> new Circumstances(caller.tenant(), "", "", "", "", endpoint));
  }

  private static Circumstances of(String tenant, Workload workload, String endpoint) {
    return new Circumstances(
        tenant,
        workload.id(),
        workload.trustDomain(),
        workload.namespace(),
        workload.serviceAccount(),
        endpoint);
  }

  /** Somebody of that tenant, of whom nothing else is known. */
  public static Circumstances ofTenant(String tenant) {
    return new Circumstances(tenant, "", "", "", "", "");
  }

  /** As targeting rules see it. */
  public Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("tenant", tenant);
    words.put("spiffeId", workload);
    words.put("trustDomain", trustDomain);
    words.put("namespace", namespace);
    words.put("serviceAccount", serviceAccount);
    words.put("endpoint", endpoint);
    return words;
  }
}
