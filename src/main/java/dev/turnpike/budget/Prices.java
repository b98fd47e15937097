package dev.turnpike.budget;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.PriceSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Cost;
import dev.turnpike.expression.NamedCosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The prices of a file: which of them a call has, by the order in which they stand. Immutable. */
final class Prices {
  private final List<Price> prices;
  private final NamedCosts costs;

  private record Price(PriceSpec spec, Cost cost) {
    boolean forAnyModel() {
      return spec.models().isEmpty();
    }

    boolean forModel(String model) {
      return spec.models().stream().anyMatch(pattern -> pattern.covers(model));
    }
  }

  private Prices(List<Price> prices, NamedCosts costs) {
    this.prices = List.copyOf(prices);
    this.costs = costs;
  }

  /**
   * @throws ConfigRejected with what is wrong in their costs
   */
  static Prices compile(List<PriceSpec> specs) throws ConfigRejected {
    NamedCosts costs = NamedCosts.read(specs);
    List<Price> prices = new ArrayList<>();
    for (PriceSpec spec : specs) {
      costs.of(spec.name()).ifPresent(cost -> prices.add(new Price(spec, cost)));
    }
    return new Prices(prices, costs);
  }

  /** What costs of budgets may name. */
  NamedCosts costs() {
    return costs;
  }

  /**
   * Before a call nobody knows the model. The one that the target named last counts; where it never
   * named one, a price for any model goes before those for some, and the first of those before
   * none.
   */
  Optional<Cost> before(Call call, Usage estimate) {
    Optional<Cost> fitting = after(call, estimate);
    return fitting.isPresent() || estimate.model().isPresent() ? fitting : first(call, _ -> true);
  }

  /** After it, a price for some models fits only the model that was named. */
  Optional<Cost> after(Call call, Usage usage) {
    return first(
        call, price -> price.forAnyModel() || usage.model().filter(price::forModel).isPresent());
  }

  private Optional<Cost> first(Call call, Predicate<Price> fits) {
    for (Price price : prices) {
      if (price.spec().match().covers(call) && fits.test(price)) {
        return Optional.of(price.cost());
      }
    }
    return Optional.empty();
  }
}
