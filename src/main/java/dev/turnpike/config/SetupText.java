package dev.turnpike.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what a setup would serve. */
public final class SetupText {
  private SetupText() {}

  /** Lines to print, without line ends. What is odd but allowed is said in lines with "note:". */
  public static List<String> describe(Setup setup) {
    List<String> lines = new ArrayList<>();
    for (EndpointSpec endpoint : setup.endpoints().values()) {
      lines.add("serves " + endpoint.path() + who(endpoint));
      for (String name : endpoint.upstreams()) {
        UpstreamSpec upstream = setup.upstreams().get(name);
        if (upstream != null) {
          lines.add(
              "  from "
                  + name
                  + " at "
                  + upstream.reach().place()
                  + ", "
                  + spoken(upstream)
                  + ", timeout "
                  + Durations.text(upstream.timeout()));
        }
      }
    }
    String prices = setup.prices().isEmpty() ? "" : ", " + count(setup.prices().size(), "price");
    lines.add(
        count(setup.rules().size(), "rule")
            + ", "
            + count(setup.budgets().size(), "budget")
            + prices);
    notes(setup, lines);
    return List.copyOf(lines);
  }

  private static String who(EndpointSpec endpoint) {
    return endpoint.anonymous()
        ? ", also to anonymous callers"
        : ", to callers with an identity only";
  }

  private static String spoken(UpstreamSpec upstream) {
    return switch (upstream.wire()) {
      case MCP -> revision(upstream.revision());
      case A2A -> "an agent, called as its card says";
    };
  }

  private static String revision(RevisionPin pin) {
    return switch (pin) {
      case RevisionPin.Auto _ -> "revision found by asking";
      case RevisionPin.Legacy _ -> "a revision with initialize (legacy)";
      case RevisionPin.Modern _ -> "a revision without initialize (modern)";
      case RevisionPin.Dated(String date) -> "revision " + date;
    };
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private static boolean mayBeFree(Setup setup) {
    return setup.budgets().stream()
            .anyMatch(budget -> budget.unit() == BudgetSpec.Unit.MONEY && budget.cost().isEmpty())
        && setup.prices().stream()
            .noneMatch(price -> price.match().equals(MatchSpec.ALL) && price.models().isEmpty());
  }

  private static void notes(Setup setup, List<String> lines) {
    for (EndpointSpec endpoint : setup.endpoints().values()) {
      boolean allowed =
          setup.rules().stream()
              .anyMatch(
                  rule -> rule.allow() && !rule.observe() && rule.match().covers(endpoint.name()));
      if (!allowed) {
        lines.add(
            "note: no rule allows anything at " + endpoint.path() + ": every call is refused");
      }
    }
    for (EndpointSpec endpoint : setup.endpoints().values()) {
      for (String pair : Lookalike.pairs(endpoint.upstreams())) {
        lines.add(
            "note: upstreams of "
                + endpoint.path()
                + " whose names can be taken for one another: "
                + pair);
      }
    }
    for (RuleSpec rule : setup.rules()) {
      if (setup.endpoints().keySet().stream().noneMatch(rule.match()::covers)) {
        lines.add("note: the rule " + rule.name() + " matches none of the endpoints");
      }
    }
    if (mayBeFree(setup)) {
      lines.add(
          "note: a call that no price fits costs nothing; a last price without match and models"
              + " fits every call");
    }
    Set<String> used =
        setup.endpoints().values().stream()
            .flatMap(endpoint -> endpoint.upstreams().stream())
            .collect(Collectors.toSet());
    for (String upstream : setup.upstreams().keySet()) {
      if (!used.contains(upstream)) {
        lines.add("note: no endpoint uses the upstream " + upstream);
      }
    }
  }
}
