package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that a client may make, in either era.
 *
 * @param aim where the request names its target
 * @param list the member of the result that holds what is listed, and the kind of what it lists
 * @param cacheable whether a modern result says how long it holds
 */
public record Method(String name, Verb verb, Aim aim, Optional<Listing> list, boolean cacheable) {

  /** Where a request names what it is aimed at. */
  public enum Aim {
    NOTHING,
    /** {@code params.name}, a tool. */
    TOOL,
    /** {@code params.name}, a prompt. */
    PROMPT,
    /** {@code params.uri}. */
    RESOURCE,
    /** {@code params.ref}, a prompt or a resource template. */
    REFERENCE
  }

  /** What a list holds. */
  public record Listing(String member, Target.Kind kind, String nameMember) {}

  /** Whether its answer may ask for inputs first (2026-07-28, multi round-trip requests). */
  public boolean inputs() {
    return name.equals("tools/call") || name.equals("prompts/get") || name.equals("resources/read");
  }

  private static final Map<String, Method> SHARED =
      byName(
          list("tools/list", new Listing("tools", Target.Kind.TOOL, "name")),
          list("prompts/list", new Listing("prompts", Target.Kind.PROMPT, "name")),
          list("resources/list", new Listing("resources", Target.Kind.RESOURCE, "uri")),
          list(
              "resources/templates/list",
              new Listing("resourceTemplates", Target.Kind.RESOURCE, "uriTemplate")),
          of("tools/call", Verb.INVOKE, Aim.TOOL),
          of("prompts/get", Verb.READ, Aim.PROMPT),
          new Method("resources/read", Verb.READ, Aim.RESOURCE, Optional.empty(), true),
          of("completion/complete", Verb.READ, Aim.REFERENCE));

  private static final Map<String, Method> LEGACY =
      byName(
          of("initialize", Verb.CONTROL, Aim.NOTHING),
          of("ping", Verb.CONTROL, Aim.NOTHING),
          of("logging/setLevel", Verb.CONTROL, Aim.NOTHING),
          of("resources/subscribe", Verb.SUBSCRIBE, Aim.RESOURCE),
          of("resources/unsubscribe", Verb.CONTROL, Aim.RESOURCE));

  private static final Map<String, Method> MODERN =
      byName(
          new Method("server/discover", Verb.CONTROL, Aim.NOTHING, Optional.empty(), true),
          of("subscriptions/listen", Verb.CONTROL, Aim.NOTHING));

  /** The request of that name in the era; empty if the era has none. Case matters. */
  public static Optional<Method> named(Era era, String name) {
    Method shared = SHARED.get(name);
    return shared != null
        ? Optional.of(shared)
        : Optional.ofNullable((era == Era.LEGACY ? LEGACY : MODERN).get(name));
  }

  /** Whether a call may be called so: a request of either era, or one of {@link Calls#control}. */
  public static boolean known(String name) {
    return SHARED.containsKey(name)
        || LEGACY.containsKey(name)
        || MODERN.containsKey(name)
        || Calls.CONTROLS.contains(name);
  }

  private static Method of(String name, Verb verb, Aim aim) {
    return new Method(name, verb, aim, Optional.empty(), false);
  }

  private static Method list(String name, Listing listing) {
    return new Method(name, Verb.DISCOVER, Aim.NOTHING, Optional.of(listing), true);
  }

  private static Map<String, Method> byName(Method... methods) {
    return Stream.of(methods).collect(Collectors.toUnmodifiableMap(Method::name, m -> m));
  }
}
