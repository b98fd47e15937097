package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Sign;
import dev.turnpike.protocol.Signs;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.modern.Amendment;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.protocol.mcp.modern.HeaderCheck;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.protocol.mcp.modern.Inside;
import dev.turnpike.rpc.JsonType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Passes tasks through to modern upstreams (ext-tasks, specification/draft/tasks). A call that may
 * become a task is a call of its tool; a question about a task needs the same permission, and is
 * counted when its result comes.
 */
@Singleton
final class Tasks implements Extension {
  static final String ID = "io.modelcontextprotocol/tasks";
  private static final String SESSIONS = "mcp-tasks.";
  private static final Set<String> OF_TASKS = Set.of("tasks/get", "tasks/update", "tasks/cancel");

  private final CountedTasks counted = new CountedTasks();

  @Override
  public String id() {
    return "mcp-tasks";
  }

  @Override
  public Signs signs() {
    String method = "mcp-method";
    String session = "mcp-session-id";
    return new Signs(
        "/mcp/",
        method,
        List.of(
            new Sign.Says(Map.of(method, OF_TASKS), List.of()),
            new Sign.Says(Map.of(method, Set.of("tools/call", "server/discover")), List.of(ID)),
            // a client of 2025-11-25 that knows the tasks of its own revision
            new Sign.Says(
                Map.of(method, Set.of(""), session, Set.of("")),
                List.of("\"initialize\"", "\"tasks\""),
                // the sessions of HTTP+SSE are where their streams are
                true),
            new Sign.Begins(session, SESSIONS)));
  }

  @Override
  public String sessions() {
    return SESSIONS;
  }

  @Override
  public Optional<Hidden> hidden() {
    return Optional.of(new HiddenTasks());
  }

  @Override
  public Optional<Dialogue> read(Request request, Inside inside) throws Refused {
    boolean declared = TaskMembers.declared(request.asked().body());
    if (OF_TASKS.contains(request.method())) {
      if (!declared) {
        throw new Refused(
            new Refusal.ProtocolRule(
                400,
                McpErrors.CAPABILITY_MISSING,
                "The client does not declare the extension " + ID,
                Map.of("requiredCapabilities", Map.of("extensions", Map.of(ID, Map.of())))));
      }
      return Optional.of(about(request, inside));
    }
    Optional<Method> method = Method.named(Era.MODERN, request.method());
    return declared && method.isPresent()
        ? Optional.of(call(request, method.get(), inside))
        : Optional.empty();
  }

  private static Dialogue call(Request request, Method method, Inside inside) throws Refused {
    Call call =
        Calls.of(request.asked(), method, Revisions.MODERN, request.endpoint().name())
            .in(Lane.EXPERIMENTAL);
    if (!request.endpoint().federated()) {
      return call(
          request,
          request.asked(),
          method,
          call,
          request.endpoint().upstream(),
          name(call),
          inside);
    }
    if (method.name().equals("server/discover")) {
      return inside.federation().discovery(request.asked(), call, request.endpoint(), Set.of(ID));
    }
    return inside
        .federation()
        .request(
            request.asked(),
            method,
            call,
            request.caller(),
            request.endpoint(),
            (renamed, there, upstream) ->
                call(request, renamed, method, there, upstream, name(call), inside));
  }

  private static Dialogue call(
      Request request,
      Asked asked,
      Method method,
      Call call,
      String upstream,
      String tool,
      Inside inside) {
    Amendment amendment =
        method.name().equals("tools/call")
            ? new Begun(owned(request, inside), upstream, tool)
            : new Offered();
    return inside.request(request, asked, method, call, upstream, amendment);
  }

  private Dialogue about(Request request, Inside inside) throws Refused {
    TaskMembers members = TaskMembers.of(request.asked().body());
    if (members.type() != JsonType.STRING) {
      throw Calls.invalid("params.taskId must be a string");
    }
    String sealed = members.id();
    HeaderCheck.name(request.inbound().headers(), sealed);
    SealedTasks owned = owned(request, inside);
    SealedTasks.Task task =
        owned
            .open(sealed)
            .filter(one -> request.endpoint().upstreams().contains(one.upstream()))
            .orElseThrow(() -> Calls.invalid("Task not found"));
    // a task that is over is not what its caller may see, when its tool is not any more
    Call call =
        new Call(
            "mcp",
            Revisions.MODERN,
            request.endpoint().name(),
            Verb.READ,
            request.method(),
            Optional.of(new Target(Target.Kind.TOOL, task.tool())),
            Optional.empty(),
            Lane.EXPERIMENTAL);
    Method method =
        new Method(request.method(), Verb.READ, Method.Aim.NOTHING, Optional.empty(), false);
    return new Continued(
        inside.modern(
            request,
            request.asked(),
            method,
            call,
            task.upstream(),
            new About(sealed, task, counted)),
        counted.contains(sealed));
  }

  private static SealedTasks owned(Request request, Inside inside) {
    return SealedTasks.of(inside.seals().of("task"), request.endpoint().name(), request.caller());
  }

  private static String name(Call call) {
    return call.target().map(Target::name).orElse("");
  }
}
