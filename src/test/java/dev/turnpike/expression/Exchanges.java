package dev.turnpike.expression;

import dev.turnpike.config.Mark;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callers and calls that tests of rules, budgets and the ledger speak of. */
public final class Exchanges {
  public static final Target REFUND = new Target(Target.Kind.TOOL, "pay_refund");

  private Exchanges() {}

  public static Caller subject(String name, String tenant, String... groups) {
    return new Caller(
        Optional.empty(),
        Optional.of(
            new Subject(
                name,
                "app-" + name,
                tenant,
                List.of(groups),
                List.of("refund:read"),
                Map.of("level", 7, "org", Map.of("unit", "pay")))));
  }

  public static Caller workload(String namespace) {
    return new Caller(
        Optional.of(
            new Workload(
                "spiffe://cluster.local/ns/" + namespace + "/sa/agent",
                "cluster.local",
                namespace,
                "agent")),
        Optional.empty());
  }

  public static Call list(String endpoint) {
    return new Call(
        "mcp",
        "2025-11-25",
        endpoint,
        Verb.DISCOVER,
        "tools/list",
        Optional.empty(),
        Optional.empty(),
        Lane.STABLE);
  }

  /** A call of a tool with arguments in JSON. */
  public static Call call(String endpoint, String tool, String arguments) {
    return call(endpoint, Verb.INVOKE, new Target(Target.Kind.TOOL, tool), arguments);
  }

  public static Call call(String endpoint, Verb verb, Target target, String arguments) {
    return new Call(
        "mcp",
        "2025-11-25",
        endpoint,
        verb,
        "tools/call",
        Optional.of(target),
        arguments.isEmpty() ? Optional.empty() : Optional.of(Payload.of(arguments)),
        Lane.STABLE);
  }

  /** An expression as it stands in a file, at line 7, column 11. */
  public static Written<String> written(String text) {
    return new Written<>(text, new Mark("turnpike.yaml", 7, 11));
  }
}
