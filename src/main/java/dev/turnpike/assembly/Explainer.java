package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.admin.ExplainQuery;
import dev.turnpike.authorize.Explanation;
import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.Versions;
import dev.turnpike.protocol.mcp.federation.EndpointCatalog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Says what the rules in force would make of a call, for whoever administers. Blocks. */
final class Explainer implements ExplainQuery.Explainer {
  private static final String REVISION = "2026-07-28";
  private static final long CATALOG_SECONDS = 20;

  private final Gateway gateway;

  Explainer(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Optional<Explanation> explain(ExplainQuery query) {
    Snapshot now = gateway.inForce();
    return now.endpoints()
        .named(query.endpoint())
        .map(endpoint ->
            query.caller().equals(Caller.ANONYMOUS) && !endpoint.anonymous()
                ? unknown(endpoint)
                : judged(now, endpoint, query));
  }

  private static Explanation unknown(Endpoint endpoint) {
    return new Explanation(
        Explanation.Word.DENY,
        List.of(),
        List.of(),
        "Endpoint %s turns a caller without identity away (401), whatever the rules say."
            .formatted(endpoint.name()),
        List.of());
  }

  private static Call call(Endpoint endpoint, ExplainQuery query) {
    return switch (endpoint.wire()) {
      case MCP -> toServer(query);
      case A2A -> toAgent(query);
    };
  }

  // there is nothing else to ask an agent for, whatever kind was guessed
  private static Call toAgent(ExplainQuery query) {
    String name = query.target().name();
    return new Call(
        "a2a",
        Versions.EACH.getFirst(),
        query.endpoint(),
        Operation.named(name).map(Operation::verb).orElse(Verb.FOLLOW),
        name,
        Optional.of(new Target(Target.Kind.OPERATION, name)),
        query.arguments(),
        Lane.STABLE);
  }

  private static Call toServer(ExplainQuery query) {
    Target target = query.target();
    boolean tool = target.kind() == Target.Kind.TOOL;
    return new Call(
        "mcp",
        REVISION,
        query.endpoint(),
        tool ? Verb.INVOKE : Verb.READ,
        switch (target.kind()) {
          case TOOL -> "tools/call";
          case PROMPT -> "prompts/get";
          case RESOURCE -> "resources/read";
          case SKILL, OPERATION -> "";
        },
        Optional.of(target),
        query.arguments(),
        Lane.STABLE);
  }

  // a rule may name the upstream that a call goes to, and the URI that a wrapped one stands for
  private Explanation judged(Snapshot now, Endpoint endpoint, ExplainQuery query) {
    Call call = call(endpoint, query);
    if (!endpoint.several()) {
      return now.policy().explain(query.caller(), call, endpoint.upstream());
    }
    Optional<EndpointCatalog.Target> found = found(endpoint, query);
    String upstream = found.map(EndpointCatalog.Target::upstream).orElse("");
    Explanation shown = now.policy().explain(query.caller(), call, upstream);
    Optional<String> original =
        found
            .filter(_ -> query.target().kind() == Target.Kind.RESOURCE)
            .map(EndpointCatalog.Target::original)
            .filter(name -> !name.equals(query.target().name()));
    if (original.isEmpty() || shown.decision() == Explanation.Word.DENY) {
      return shown;
    }
    Target behind = new Target(Target.Kind.RESOURCE, original.get());
    Explanation hidden =
        now.policy().explain(query.caller(), call.aimedAt(behind, call.arguments()), upstream);
    return hidden.decision() == Explanation.Word.PERMIT ? shown : hidden;
  }

  private Optional<EndpointCatalog.Target> found(Endpoint endpoint, ExplainQuery query) {
    String kind = query.target().kind().name().toLowerCase(Locale.ROOT);
    return gateway.catalog().orTimeout(CATALOG_SECONDS, TimeUnit.SECONDS).join().stream()
        .filter(catalog -> catalog.endpoint().equals(endpoint.name()))
        .flatMap(catalog -> catalog.targets().stream())
        .filter(target -> target.name().equals(query.target().name()) && target.kind().equals(kind))
        .findFirst();
  }
}
