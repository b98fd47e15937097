package dev.turnpike.expression;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.PriceSpec;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The costs of prices, by name: what formulas in money may name. Immutable. */
public final class NamedCosts {
  /** No prices at all. */
  public static final NamedCosts NONE = new NamedCosts(Map.of());

  private static final int SHOWN = 10;

  private final Map<String, Cost> costs;

  private NamedCosts(Map<String, Cost> costs) {
    this.costs = costs;
  }

  /**
   * Compiles every price, in whatever order they name one another.
   *
   * @throws ConfigRejected with every problem: a name that is unknown, or prices in a circle
   */
  public static NamedCosts read(List<PriceSpec> prices) throws ConfigRejected {
    Reading reading = new Reading(prices);
    reading.all();
    if (!reading.problems.isEmpty()) {
      throw new ConfigRejected(reading.problems);
    }
    return new NamedCosts(Map.copyOf(reading.done));
  }

  /** That of a price; empty where there is none of that name. */
  public Optional<Cost> of(String price) {
    return Optional.ofNullable(costs.get(price));
  }

  /**
   * What a budget in money takes for a call.
   *
   * @param key the path of the key, such as {@code budgets[0].cost}
   * @throws ConfigRejected with what is wrong
   */
  public Cost money(String key, Written<String> text) throws ConfigRejected {
    return Formula.read(key, text, new Priced(costs));
  }

  /**
   * What a budget in tokens takes for a call: no price may be named, since money is no tokens.
   *
   * @param key the path of the key, such as {@code budgets[0].cost}
   * @throws ConfigRejected with what is wrong
   */
  public Cost tokens(String key, Written<String> text) throws ConfigRejected {
    return Formula.read(key, text, new Unpriced(costs.keySet()));
  }

  private record Priced(Map<String, Cost> costs) implements Formula.Named {
    @Override
    public Cost find(String name) {
      Cost cost = costs.get(name);
      if (cost == null) {
        throw Formula.unlike("'" + name + "' is unknown here", expected());
      }
      return cost;
    }

    @Override
    public String expected() {
      return list(costs.keySet());
    }
  }

  private record Unpriced(Set<String> prices) implements Formula.Named {
    @Override
    public Cost find(String name) {
      throw Formula.unlike(
          prices.contains(name)
              ? "'" + name + "' is a price, which only a budget with unit: money can name"
              : "'" + name + "' is unknown here",
          expected());
    }

    @Override
    public String expected() {
      return "";
    }
  }

  private static String list(Collection<String> names) {
    return names.isEmpty()
        ? ""
        : names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", ", "prices (", ""))
            + (names.size() > SHOWN ? ", …), " : "), ");
  }

  /** Prices that are being read: one that another names is read first. */
  private static final class Reading implements Formula.Named {
    private final List<PriceSpec> prices;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();
    private final Map<String, Cost> done = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Reading(List<PriceSpec> prices) {
      this.prices = prices;
      for (PriceSpec price : prices) {
        places.putIfAbsent(price.name(), places.size());
      }
    }

    void all() {
      for (String name : places.keySet()) {
        if (!done.containsKey(name) && !broken.contains(name)) {
          read(name);
        }
      }
    }

    private void read(String name) {
      int place = places.getOrDefault(name, 0);
      underWay.add(name);
      try {
        done.put(name, Formula.read("prices[" + place + "].cost", prices.get(place).cost(), this));
      } catch (ConfigRejected rejected) {
        problems.addAll(rejected.problems());
        broken.add(name);
      } finally {
        underWay.remove(name);
      }
    }

    @Override
    public Cost find(String name) {
      if (underWay.contains(name)) {
        throw new Formula.Wrong(
            "goes in a circle, "
                + circle(name)
                + ", expected prices that end in numbers, input, output and cached");
      }
      if (!places.containsKey(name)) {
        throw Formula.unlike("'" + name + "' is unknown here", expected());
      }
      if (!done.containsKey(name) && !broken.contains(name)) {
        if (underWay.size() >= Formula.MOST_DEEP) {
          throw Formula.tooDeep();
        }
        read(name);
      }
      Cost cost = done.get(name);
      if (cost == null) {
        // that is told at the price that it comes from
        throw new Formula.Wrong("");
      }
      return cost;
    }

    private String circle(String name) {
      return underWay.stream()
              .dropWhile(other -> !other.equals(name))
              .collect(Collectors.joining(" -> "))
          + " -> "
          + name;
    }

    @Override
    public String expected() {
      return list(places.keySet());
    }
  }
}
