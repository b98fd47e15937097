package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.a2a.ownership.Owner;
import dev.turnpike.protocol.a2a.ownership.Owners;
import dev.turnpike.protocol.a2a.ownership.Thing;
import dev.turnpike.protocol.a2a.ownership.Thing.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one caller may see and touch of an agent's tasks and contexts (A2A 1.0, section 13.1). */
final class Ownership {
  /** What is said of what is not there, and of what is somebody else's. */
  static final Refusal NOT_FOUND =
      new Refusal.ProtocolRule(200, A2aErrors.TASK_NOT_FOUND, "Task not found");

  private static final List<String> SAID = List.of("message", "statusUpdate", "artifactUpdate");

  private final Owners owners;
  private final Owner owner;
  private final String upstream;

  Ownership(Owners owners, Owner owner, String upstream) {
    this.owners = owners;
    this.owner = owner;
    this.upstream = upstream;
  }

  /**
   * Refuses what names something that is not the caller's, before the agent hears of it: the same
   * words, whether it is somebody else's or there is no such thing. A context that nobody has may
   * be named, since callers may choose them.
   */
  void check(Request request) throws Refused {
    Map<String, Object> params = request.params();
    if (request.operation().says()) {
      Map<?, ?> message = object(params.get("message"));
      checkTask(message.get("taskId"));
      if (message.get("referenceTaskIds") instanceof List<?> ids) {
        for (Object id : ids) {
          checkTask(id);
        }
      }
    } else {
      checkTask(params.get("id"));
    }
    Optional<Thing> context = context(request);
    if (context.isPresent() && owners.isForeign(owner, context.get())) {
      throw notFound();
    }
  }

  /**
   * Makes the context that a request names the caller's, once the request is allowed and paid for.
   *
   * @return whether it is; else another caller was quicker
   */
  boolean takes(Request request) {
    return context(request).map(one -> owners.claim(owner, one)).orElse(true);
  }

  private Optional<Thing> context(Request request) {
    Map<?, ?> named =
        request.operation().says() ? object(request.params().get("message")) : request.params();
    return named.get("contextId") instanceof String id && !id.isEmpty()
        ? Optional.of(new Thing(upstream, Kind.CONTEXT, id))
        : Optional.empty();
  }

  private void checkTask(@Nullable Object id) throws Refused {
    if (id instanceof String text
        && !text.isEmpty()
        && !owners.owns(owner, new Thing(upstream, Kind.TASK, text))) {
      throw notFound();
    }
  }

  private static Refused notFound() {
    return new Refused(NOT_FOUND);
  }

  /**
   * What the caller may see of a result; what is new in it is the caller's before anybody sees it.
   *
   * @throws AgentAnswer.Wrong where the agent names what is somebody else's
   */
  Map<String, Object> seen(Map<String, Object> result) throws AgentAnswer.Wrong {
    if (result.get("tasks") instanceof List<?> tasks) {
      return own(result, tasks);
    }
    if (result.get("task") instanceof Map<?, ?> task) {
      claim(task.get("id"), task.get("contextId"));
    } else if (result.containsKey("status")) {
      claim(result.get("id"), result.get("contextId"));
    } else {
      for (String name : SAID) {
        Map<?, ?> said = object(result.get(name));
        claim(said.get("taskId"), said.get("contextId"));
      }
    }
    return result;
  }

  private void claim(@Nullable Object task, @Nullable Object context) throws AgentAnswer.Wrong {
    if (!claimed(Kind.TASK, task) || !claimed(Kind.CONTEXT, context)) {
      throw new AgentAnswer.Wrong("answered with a task of another caller");
    }
  }

  private boolean claimed(Kind kind, @Nullable Object id) {
    return !(id instanceof String text)
        || text.isEmpty()
        || owners.claim(owner, new Thing(upstream, kind, text));
  }

  // how many others there are is nobody's business either
  private Map<String, Object> own(Map<String, Object> result, List<?> tasks) {
    List<?> own =
        tasks.stream()
            .filter(task ->
                object(task).get("id") instanceof String id
                    && owners.owns(owner, new Thing(upstream, Kind.TASK, id)))
            .toList();
    Map<String, Object> seen = new LinkedHashMap<>(result);
    seen.put("tasks", own);
    seen.put("totalSize", (long) own.size());
    return seen;
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }
}
