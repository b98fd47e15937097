package dev.turnpike.identify;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Workload;
import java.util.Optional;
import java.util.Set;

/** Where it is said which program is calling ({@code turnpike.identity.workload}). */
public sealed interface Workloads {
  /** Who calls; empty where that is not said in a way that is believed. */
  Optional<Workload> of(Inbound inbound) throws Refused;

  /** Nowhere: what a request says of it is not looked at. */
  record Nowhere() implements Workloads {
    @Override
    public Optional<Workload> of(Inbound inbound) {
      return Optional.empty();
    }
  }

  /**
   * In the header that a proxy writes that alone can reach this port.
   *
   * @param trustDomains that are believed
   * @param by the proxy's own name, which the header must hold
   */
  record Forwarded(Set<String> trustDomains, String by) implements Workloads {
    public Forwarded {
      trustDomains = Set.copyOf(trustDomains);
    }

    @Override
    public Optional<Workload> of(Inbound inbound) throws Refused {
      return Xfcc.uri(inbound.headers(), by).flatMap(uri -> SpiffeId.read(uri, trustDomains));
    }
  }
}
