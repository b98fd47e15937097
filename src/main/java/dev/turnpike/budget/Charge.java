package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Cost;
import dev.turnpike.route.Routed;
import java.util.Optional;

/** What a budget takes for a call, in what it counts: millionths where that is money. */
sealed interface Charge {
  /** What must be left for it, from what it will probably use. */
  long before(Routed routed, Usage estimate);

  /**
   * What it came to, where an upstream may have seen it.
   *
   * @param reserved what was taken for it; none for a further round of a call
   */
  long after(Routed routed, Usage usage, long reserved);

  /**
   * @param key the path of the budget's cost
   * @throws ConfigRejected with what is wrong with its cost
   */
  static Charge of(String key, BudgetSpec spec, Prices prices) throws ConfigRejected {
    Optional<Written<String>> cost = spec.cost();
    return switch (spec.unit()) {
      case CALLS -> new EachCall();
      case CONCURRENT -> new UnderWay();
      case TOKENS ->
          new Tokens(cost.isPresent() ? prices.costs().tokens(key, cost.get()) : Cost.TOTAL);
      case MONEY ->
          cost.isPresent() ? new Money(prices.costs().money(key, cost.get())) : new Priced(prices);
    };
  }

  /** One for each call. */
  record EachCall() implements Charge {
    @Override
    public long before(Routed routed, Usage estimate) {
      return 1;
    }

    @Override
    public long after(Routed routed, Usage usage, long reserved) {
      return reserved;
    }
  }

  /** One for as long as the call is under way. */
  record UnderWay() implements Charge {
    @Override
    public long before(Routed routed, Usage estimate) {
      return 1;
    }

    @Override
    public long after(Routed routed, Usage usage, long reserved) {
      return 0;
    }
  }

  /** Its tokens. At least one must be left. */
  record Tokens(Cost cost) implements Charge {
    @Override
    public long before(Routed routed, Usage estimate) {
      return Math.max(1, cost.of(estimate));
    }

    @Override
    public long after(Routed routed, Usage usage, long reserved) {
      return cost.of(usage);
    }
  }

  /** What the budget itself says, in money. A further round is charged for what it uses alone. */
  record Money(Cost cost) implements Charge {
    @Override
    public long before(Routed routed, Usage estimate) {
      return Math.max(1, cost.millionths(estimate));
    }

    @Override
    public long after(Routed routed, Usage usage, long reserved) {
      return routed.continued() ? cost.millionthsOfUse(usage) : cost.millionths(usage);
    }
  }

  /** The price that fits, in money; nothing where none does. */
  record Priced(Prices prices) implements Charge {
    @Override
    public long before(Routed routed, Usage estimate) {
      return prices
          .before(routed.call(), estimate)
          .map(cost -> new Money(cost).before(routed, estimate))
          .orElse(0L);
    }

    @Override
    public long after(Routed routed, Usage usage, long reserved) {
      return prices
          .after(routed.call(), usage)
          .map(cost -> new Money(cost).after(routed, usage, reserved))
          .orElse(0L);
    }
  }
}
