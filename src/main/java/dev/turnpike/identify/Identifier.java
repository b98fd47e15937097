package dev.turnpike.identify;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Workload;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who is calling: which program, and for whom. Either may be missing; who is neither gets
 * in only where the endpoint says so. A token that is not good is never taken for none.
 */
public final class Identifier {
  private final Identity identity;
  private final InstantSource wall;
  private final DpopProofs proofs;

  public Identifier(Identity identity, InstantSource wall) {
    this.identity = identity;
    this.wall = wall;
    this.proofs = new DpopProofs(wall);
  }

  /**
   * On the event loop of the exchange, and completes there; at once where no token is to be
   * verified. Fails with {@link Refused}.
   */
  public CompletionStage<Caller> identify(Inbound inbound, Endpoints endpoints) {
    Optional<Endpoint> endpoint = guarded(inbound, endpoints);
    if (endpoint.isEmpty()) {
      // a path that is not served is refused by the next step, and tells a stranger no more
      return CompletableFuture.completedFuture(Caller.ANONYMOUS);
    }
    try {
      Optional<Workload> workload = identity.workloads().of(inbound);
      List<String> sent = inbound.headers().all("authorization");
      if (identity.issuer().isEmpty() || sent.isEmpty()) {
        return CompletableFuture.completedFuture(untokened(workload, endpoint.get()));
      }
      Issuer issuer = identity.issuer().get();
      Presented presented = Presented.of(sent).orElseThrow(() -> invalid(issuer, endpoint.get()));
      return issuer
          .tokens()
          .verify(presented.token())
          .thenApply(vouched -> {
            if (!holds(inbound, presented, vouched, issuer)) {
              throw new CompletionException(invalid(issuer, endpoint.get()));
            }
            return subject(vouched, issuer, endpoint.get());
          })
          .thenApply(subject -> new Caller(workload, Optional.of(subject)))
          .exceptionallyCompose(
              failure -> CompletableFuture.failedFuture(told(failure, issuer, endpoint.get())));
    } catch (Refused | RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  // a card is for everybody, and says who is let in to the rest
  private static Optional<Endpoint> guarded(Inbound inbound, Endpoints endpoints) {
    return PublicCards.at(inbound.path()) ? Optional.empty() : endpoints.over(inbound.path());
  }

  private Caller untokened(Optional<Workload> workload, Endpoint endpoint) throws Refused {
    if (workload.isEmpty() && !endpoint.anonymous()) {
      throw new Refused(
          new Refusal.Unauthenticated(
              identity
                  .issuer()
                  .map(issuer -> issuer.challenge(endpoint, Optional.empty()))
                  .orElse(Challenge.PLAIN)));
    }
    return workload.isEmpty() ? Caller.ANONYMOUS : new Caller(workload, Optional.empty());
  }

  // a token that is bound to a key is worth nothing without it, and no other is proven
  private boolean holds(
      Inbound inbound, Presented presented, Tokens.Vouched vouched, Issuer issuer) {
    Optional<String> key = vouched.boundTo();
    return key.isEmpty()
        ? !presented.proven()
        : presented.proven()
            && proofs.prove(
                inbound.headers(),
                inbound.method(),
                issuer.publicUrl() + inbound.path(),
                presented.token(),
                key.get());
  }

  private Subject subject(Tokens.Vouched vouched, Issuer issuer, Endpoint endpoint) {
    if (!wall.instant().isBefore(vouched.expires())
        || !vouched.forAccess()
        || !issuer.isFor(Subjects.audiences(vouched.claims()), endpoint)) {
      throw new CompletionException(invalid(issuer, endpoint));
    }
    return Subjects.of(vouched.claims(), issuer.claims())
        .orElseThrow(() -> new CompletionException(invalid(issuer, endpoint)));
  }

  private static Throwable told(Throwable failure, Issuer issuer, Endpoint endpoint) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Tokens.NotVouched ? invalid(issuer, endpoint) : cause;
  }

  private static Refused invalid(Issuer issuer, Endpoint endpoint) {
    return new Refused(
        new Refusal.Unauthenticated(
            issuer.challenge(endpoint, Optional.of(Challenge.Error.INVALID_TOKEN))));
  }
}
