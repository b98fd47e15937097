package dev.turnpike.config;

import java.util.List;

/**
 * One entry of {@code prices}: what some calls cost in money.
 *
 * @param name other prices and budgets name it so in their arithmetic
 * @param match the calls that it prices
 * @param models patterns over the model that a peer says it used; empty: any, and where none is
 *     said
 * @param cost arithmetic, in whole units of the currency
 */
public record PriceSpec(
    String name, MatchSpec match, List<NamePattern> models, Written<String> cost, Mark mark) {
  public PriceSpec {
    models = List.copyOf(models);
  }
}
