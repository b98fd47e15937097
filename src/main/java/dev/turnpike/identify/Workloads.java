package dev.turnpike.identify;

import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Peer;
import dev.turnpike.exchange.Refusal;
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
   * In the certificate that the connection was opened with: one URI, and that of a workload. A
   * certificate that says anything else is refused, and not taken for none.
   *
   * @param trustDomains that are believed
   */
  record Certified(Set<String> trustDomains) implements Workloads {
    public Certified {
      trustDomains = Set.copyOf(trustDomains);
    }

    @Override
    public Optional<Workload> of(Inbound inbound) throws Refused {
      if (!(inbound.peer() instanceof Peer.Certified(var names))) {
        return Optional.empty();
      }
      Optional<Workload> workload =
          names.size() == 1 ? SpiffeId.read(names.getFirst(), trustDomains) : Optional.empty();
      if (workload.isEmpty()) {
        throw new Refused(new Refusal.Unauthenticated(Challenge.PLAIN));
      }
      return workload;
    }
  }

  /**
   * In the header that the mesh's proxy on this machine puts before each connection.
   *
   * @param trustDomains that are believed
   */
  record Announced(Set<String> trustDomains) implements Workloads {
    public Announced {
      trustDomains = Set.copyOf(trustDomains);
    }

    @Override
    public Optional<Workload> of(Inbound inbound) {
      return inbound.peer() instanceof Peer.Announced(var name)
          ? SpiffeId.read(name, trustDomains)
          : Optional.empty();
    }
  }

  /**
   * In the header that a proxy writes that alone can reach this port.
   *
   * @param trustDomains that are believed
   * @param by the proxy's own name, which the header must hold
   * @param rejections hears of headers that are not believed
   */
  record Forwarded(Set<String> trustDomains, String by, Rejections rejections)
      implements Workloads {
    public Forwarded {
      trustDomains = Set.copyOf(trustDomains);
    }

    /** Where nobody hears of what is not believed. */
    public Forwarded(Set<String> trustDomains, String by) {
      this(trustDomains, by, Rejections.UNHEARD);
    }

    @Override
    public Optional<Workload> of(Inbound inbound) throws Refused {
      return switch (Xfcc.read(inbound.headers(), by)) {
        case Xfcc.Read.Absent _ -> Optional.empty();
        case Xfcc.Read.Rejected(var reason) -> rejected(reason);
        case Xfcc.Read.Broken(var refusal) -> {
          rejections.rejected("fields");
          throw new Refused(refusal);
        }
        case Xfcc.Read.Named(var uri) -> {
          Optional<Workload> workload = SpiffeId.parse(uri);
          if (workload.isEmpty()) {
            yield rejected("name");
          }
          yield trustDomains.contains(workload.get().trustDomain()) ? workload : rejected("domain");
        }
      };
    }

    private Optional<Workload> rejected(String reason) {
      rejections.rejected(reason);
      return Optional.empty();
    }
  }
}
