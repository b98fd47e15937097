package dev.turnpike.identify;

import dev.turnpike.exchange.Workload;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of workloads as Istio writes them: {@code spiffe://<domain>/ns/<ns>/sa/<account>}. */
public final class SpiffeId {
  private static final int LONGEST = 2_048;
  private static final Pattern SHAPE =
      Pattern.compile(
          "spiffe://([a-z0-9._-]{1,255})/ns/([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)"
              + "/sa/([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)");

  private SpiffeId() {}

  /** The workload of exactly that shape; empty for any other text, or another trust domain. */
  static Optional<Workload> read(String text, Set<String> trustDomains) {
    return parse(text).filter(workload -> trustDomains.contains(workload.trustDomain()));
  }

  /** The workload of exactly that shape, in whatever trust domain; empty for any other text. */
  public static Optional<Workload> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher parts = SHAPE.matcher(text);
    return parts.matches()
        ? Optional.of(new Workload(text, parts.group(1), parts.group(2), parts.group(4)))
        : Optional.empty();
  }
}
