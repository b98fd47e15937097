package dev.turnpike.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole file, checked: immutable, in the order written. */
public record Setup(
    Map<String, UpstreamSpec> upstreams,
    Map<String, EndpointSpec> endpoints,
    List<RuleSpec> rules,
    List<BudgetSpec> budgets,
    AuditSpec audit,
    List<PriceSpec> prices) {
  /** With no prices, and nothing said of the audit trail. */
  public Setup(
      Map<String, UpstreamSpec> upstreams,
      Map<String, EndpointSpec> endpoints,
      List<RuleSpec> rules,
      List<BudgetSpec> budgets) {
    this(upstreams, endpoints, rules, budgets, AuditSpec.DEFAULT, List.of());
  }

  /** The same with other budgets. */
  public Setup holding(List<BudgetSpec> others) {
    return new Setup(upstreams, endpoints, rules, others, audit, prices);
  }

  public Setup {
    upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    rules = List.copyOf(rules);
    budgets = List.copyOf(budgets);
    prices = List.copyOf(prices);
  }
}
