package dev.turnpike.audit;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of exchanges: of those that were refused by a decision, and of those that a rule
 * wants kept. Refusals that come again and again are counted ({@link Repeats}).
 */
public final class Audited implements ExchangeListener {
  private final Consumer<Deed> trail;
  private final Repeats refusals;
  private final InstantSource wall;

  /**
   * @param trail takes permits that a rule wants kept
   * @param refusals takes what is refused
   */
  public Audited(Consumer<Deed> trail, Repeats refusals, InstantSource wall) {
    this.trail = trail;
    this.refusals = refusals;
    this.wall = wall;
  }

  @Override
  public Watch begun(Inbound inbound) {
    return new Entry(inbound);
  }

  private final class Entry implements Watch {
    private final Inbound inbound;
    private @Nullable Caller caller;
    private @Nullable Call call;
    private String policy = "";
    private String upstream = "";
    private Grounds grounds = Grounds.NONE;

    Entry(Inbound inbound) {
      this.inbound = inbound;
    }

    @Override
    public void governed(String version) {
      policy = version;
    }

    @Override
    public void identified(Caller found) {
      caller = found;
    }

    @Override
    public void read(Call found) {
      call = found;
    }

    @Override
    public void routed(String found) {
      upstream = found;
    }

    @Override
    public void permitted(Grounds found) {
      grounds = found;
    }

    @Override
    public void ended(Outcome outcome) {
      Instant now = wall.instant();
      Optional<String> refusal = decision(outcome);
      if (refusal.isPresent()) {
        refusals.accept(deed("refused", outcome, refusal.get(), now));
      } else if (grounds.audited()) {
        trail.accept(deed("permitted", outcome, "", now));
      }
    }

    private Deed deed(String kind, Outcome outcome, String refusal, Instant now) {
      Deed.Builder deed = new Deed.Builder().put("kind", kind);
      who(deed);
      what(deed);
      return deed.put("rule", rule(outcome))
          .put("policy", policy)
          .put("outcome", word(outcome))
          .put("refusal", refusal)
          .put("tokens", outcome instanceof Outcome.Served(var usage) ? usage.total() : 0)
          .build(now);
    }

    private void who(Deed.Builder deed) {
      Caller known = caller == null ? Caller.ANONYMOUS : caller;
      deed.put("caller", known.name());
      known
          .subject()
          .ifPresent(subject ->
              deed.put("issuer", subject.issuer())
                  .put("client", subject.client())
                  .put("tenant", subject.tenant()));
      known.workload().ifPresent(workload -> deed.put("workload", workload.id()));
    }

    private void what(Deed.Builder deed) {
      Call known = call;
      if (known == null) {
        deed.put("path", inbound.path());
        return;
      }
      deed.put("protocol", known.protocol())
          .put("revision", known.revision())
          .put("lane", lower(known.lane()))
          .put("endpoint", known.endpoint())
          .put("upstream", upstream)
          .put("method", known.method());
      known
          .target()
          .ifPresent(
              target -> deed.put("targetKind", lower(target.kind())).put("target", target.name()));
    }

    private String rule(Outcome outcome) {
      return outcome instanceof Outcome.TurnedAway(_, var rule) && !rule.isEmpty()
          ? rule
          : grounds.equals(Grounds.NONE) ? "" : grounds.rule();
    }
  }

  /** What it is called where it is a decision, and not a fault or a failure; empty otherwise. */
  private static Optional<String> decision(Outcome outcome) {
    if (!(outcome instanceof Outcome.TurnedAway(var reason, var rule))) {
      return Optional.empty();
    }
    return switch (reason) {
      case Refusal.Unauthenticated _ -> Optional.of("unauthenticated");
      case Refusal.ScopeMissing _ -> Optional.of("scope_missing");
      case Refusal.ForeignOrigin _ -> Optional.of("foreign_origin");
      case Refusal.ArgumentsRefused _ -> Optional.of("arguments_refused");
      case Refusal.OverBudget _ -> Optional.of("over_budget");
      case Refusal.NoSuchSession _ -> Optional.of("no_such_session");
      case Refusal.NoSuchTarget _ ->
          rule.isEmpty() ? Optional.empty() : Optional.of("no_such_target");
      case Refusal.Malformed _,
          Refusal.TooLarge _,
          Refusal.NoSuchEndpoint _,
          Refusal.NoSuchMethod _,
          Refusal.MethodNotAllowed _,
          Refusal.CountersLost _,
          Refusal.Overloaded _,
          Refusal.TooBusy _,
          Refusal.UpstreamUnavailable _,
          Refusal.UpstreamTimedOut _,
          Refusal.UpstreamShed _,
          Refusal.ProtocolRule _ ->
          Optional.empty();
    };
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served _ -> "served";
      case Outcome.TurnedAway _ -> "refused";
      case Outcome.Cut _ -> "cut";
      case Outcome.Broken _ -> "broken";
    };
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
