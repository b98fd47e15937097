package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates what was asked into the words of the road. */
public final class Calls {
  /** Names of what concerns the conversation only, and is no request of the protocol. */
  static final Set<String> CONTROLS = Set.of("notification", "answer", "stream", "end");

  private Calls() {}

  /**
   * The call that the request makes; refused where its target, or its arguments, cannot be told.
   */
  public static Call of(Asked asked, Method method, String revision, String endpoint)
      throws Refused {
    Optional<Target> target = target(asked, method);
    if (method.aim() == Method.Aim.TOOL
        && asked.scan().has(Asked.ARGUMENTS)
        && !asked.isObject(Asked.ARGUMENTS)) {
      throw invalid("params.arguments must be an object");
    }
    return new Call(
        "mcp",
        revision,
        endpoint,
        method.verb(),
        method.name(),
        target,
        method.aim() == Method.Aim.TOOL ? asked.arguments() : Optional.empty(),
        Lane.STABLE);
  }

  /** A call that concerns the conversation only. */
  public static Call control(String name, String revision, String endpoint) {
    return new Call(
        "mcp",
        revision,
        endpoint,
        Verb.CONTROL,
        name,
        Optional.empty(),
        Optional.empty(),
        Lane.STABLE);
  }

  /** Whether it is a request of MCP, by a method and in a revision that there are. */
  public static boolean known(Call call) {
    return call.protocol().equals("mcp")
        && Method.known(call.method())
        && !CONTROLS.contains(call.method())
        && (Revisions.MODERN_ALL.contains(call.revision())
            || Revisions.LEGACY_ALL.contains(call.revision()));
  }

  private static Optional<Target> target(Asked asked, Method method) throws Refused {
    return switch (method.aim()) {
      case NOTHING -> Optional.empty();
      case TOOL -> Optional.of(named(asked, Target.Kind.TOOL, Asked.NAME, "params.name"));
      case PROMPT -> Optional.of(named(asked, Target.Kind.PROMPT, Asked.NAME, "params.name"));
      case RESOURCE ->
          Optional.of(plain(named(asked, Target.Kind.RESOURCE, Asked.URI, "params.uri")));
      case REFERENCE -> Optional.of(reference(asked));
    };
  }

  private static Target reference(Asked asked) throws Refused {
    return switch (asked.text(Asked.REF_TYPE).orElse("")) {
      case "ref/prompt" -> named(asked, Target.Kind.PROMPT, Asked.REF_NAME, "params.ref.name");
      case "ref/resource" ->
          plain(named(asked, Target.Kind.RESOURCE, Asked.REF_URI, "params.ref.uri"));
      default -> throw invalid("params.ref.type must be ref/prompt or ref/resource");
    };
  }

  // what a rule matched as one place must not be another place to whoever resolves it
  private static Target plain(Target resource) throws Refused {
    if (!Uris.plain(resource.name())) {
      throw invalid(
          "A resource URI is taken in its plainest spelling only: no dot segments, spaces, backslashes, needless"
              + " percent-encoding, capitals in scheme or host");
    }
    return resource;
  }

  private static Target named(Asked asked, Target.Kind kind, Member member, String path)
      throws Refused {
    if (asked.scan().type(member) != JsonType.STRING) {
      throw invalid(path + " must be a string");
    }
    return new Target(kind, asked.text(member).orElse(""));
  }

  /**
   * Whether the call may be sent again where it may have been received.
   *
   * @param upstream that it goes to, once it has been met
   */
  public static boolean repeatable(Call call, @Nullable Upstream upstream) {
    return switch (call.verb()) {
      case DISCOVER, READ -> true;
      case CONTROL -> call.method().equals("server/discover");
      case SUBSCRIBE, FOLLOW -> false;
      case INVOKE ->
          upstream != null
              && upstream.spec().idempotent().stream()
                  .anyMatch(p -> p.covers(call.target().map(Target::name).orElse("")));
    };
  }

  /** Parameters that do not fit the method: told in band, with status 200. */
  public static Refused invalid(String message) {
    return new Refused(new Refusal.ProtocolRule(200, McpErrors.INVALID_PARAMS, message));
  }
}
