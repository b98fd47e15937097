package dev.turnpike.admin;

import dev.turnpike.authorize.Explanation;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Workload;
import dev.turnpike.identify.SpiffeId;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /admin/explain} asks: what the rules would say of a call that nobody makes.
 *
 * @param arguments of the call; empty: what a list would say
 */
public record ExplainQuery(
    Caller caller, String endpoint, Target target, Optional<Payload> arguments) {
  private static final Set<String> NAMES = Set.of("caller", "endpoint", "target", "kind", "args");
  private static final Set<String> OF_CALLER =
      Set.of("subject", "client", "tenant", "groups", "scopes", "claims", "workload");
  private static final Map<String, Target.Kind> KINDS =
      Map.of(
          "tool", Target.Kind.TOOL,
          "prompt", Target.Kind.PROMPT,
          "resource", Target.Kind.RESOURCE,
          "operation", Target.Kind.OPERATION);

  /** What is told; empty where there is no such endpoint. */
  @FunctionalInterface
  public interface Explainer {
    Optional<Explanation> explain(ExplainQuery query);
  }

  static ExplainQuery of(Payload body) throws BadQuery {
    Map<String, Object> asked = Body.object(body);
    known(asked, NAMES, "");
    String target = text(asked, "target");
    if (target.isEmpty()) {
      throw new BadQuery(
          "target is missing: the name of a tool, prompt or operation, or the URI of a resource");
    }
    if (text(asked, "endpoint").isEmpty()) {
      throw new BadQuery("endpoint is missing: one of turnpike.yaml");
    }
    return new ExplainQuery(
        caller(asked.get("caller")),
        text(asked, "endpoint"),
        new Target(kind(text(asked, "kind"), target), target),
        arguments(asked.get("args")));
  }

  private static Target.Kind kind(String word, String target) throws BadQuery {
    if (word.isEmpty()) {
      return target.contains("://") ? Target.Kind.RESOURCE : Target.Kind.TOOL;
    }
    Target.Kind kind = KINDS.get(word);
    if (kind == null) {
      throw new BadQuery("kind is tool, prompt, resource or operation");
    }
    return kind;
  }

  private static Optional<Payload> arguments(@Nullable Object value) throws BadQuery {
    return value == null
        ? Optional.empty()
        : Optional.of(Payload.of(JsonValue.write(Body.members(value, "args"))));
  }

  private static Caller caller(@Nullable Object value) throws BadQuery {
    if (value == null) {
      return Caller.ANONYMOUS;
    }
    Map<String, Object> said = Body.members(value, "caller");
    known(said, OF_CALLER, "caller.");
    Optional<Workload> workload =
        text(said, "workload").isEmpty()
            ? Optional.empty()
            : Optional.of(
                SpiffeId.parse(text(said, "workload"))
                    .orElseThrow(() ->
                        new BadQuery(
                            "caller.workload is a name such as"
                                + " spiffe://cluster.local/ns/agents/sa/planner")));
    boolean subject = said.keySet().stream().anyMatch(name -> !name.equals("workload"));
    return new Caller(workload, subject ? Optional.of(subject(said)) : Optional.empty());
  }

  private static Subject subject(Map<String, Object> said) throws BadQuery {
    Object claims = said.get("claims");
    return new Subject(
        text(said, "subject"),
        text(said, "client"),
        text(said, "tenant"),
        texts(said, "groups"),
        texts(said, "scopes"),
        claims == null ? Map.of() : Body.members(claims, "caller.claims"));
  }

  private static String text(Map<String, Object> members, String name) throws BadQuery {
    Object value = members.getOrDefault(name, "");
    if (value instanceof String text) {
      return text;
    }
    throw new BadQuery(name + " is a text");
  }

  private static List<String> texts(Map<String, Object> members, String name) throws BadQuery {
    if (!(members.getOrDefault(name, List.of()) instanceof List<?> several)
        || !several.stream().allMatch(String.class::isInstance)) {
      throw new BadQuery("caller." + name + " is a list of texts");
    }
    return several.stream().map(String.class::cast).toList();
  }

  private static void known(Map<String, Object> members, Set<String> names, String where)
      throws BadQuery {
    for (String name : members.keySet()) {
      if (!names.contains(name)) {
        throw new BadQuery(
            "unknown member; allowed: "
                + String.join(", ", names.stream().map(known -> where + known).sorted().toList()));
      }
    }
  }
}
