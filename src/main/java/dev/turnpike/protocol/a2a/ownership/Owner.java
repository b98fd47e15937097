package dev.turnpike.protocol.a2a.ownership;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Workload;

/**
 * A caller as the owner of something: the same program for the same subject, whatever token it came
 * with. All callers without an identity are one.
 */
public record Owner(String workload, String issuer, String subject, String client, String tenant) {
  public static Owner of(Caller caller) {
    String workload = caller.workload().map(Workload::id).orElse("");
    return caller
        .subject()
        .map(one -> of(workload, one))
        .orElseGet(() -> new Owner(workload, "", "", "", ""));
  }

  private static Owner of(String workload, Subject subject) {
    return new Owner(
        workload, subject.issuer(), subject.subject(), subject.client(), subject.tenant());
  }
}
