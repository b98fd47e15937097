package dev.turnpike.protocol.alpha.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.seal.Seal;
import java.util.List;
import java.util.Optional;

/**
 * Task ids, as one caller at one endpoint has them: they say where the task is and of which tool,
 * and open for nobody else.
 */
record SealedTasks(Seal seal, List<String> bound) {
  /**
   * A task.
   *
   * @param tool under the name that the caller knows
   */
  record Task(String upstream, String tool, String id) {}

  static SealedTasks of(Seal seal, String endpoint, Caller caller) {
    return new SealedTasks(
        seal,
        List.of(
            endpoint,
            caller.tenant(),
            caller.name(),
            caller.subject().map(Subject::issuer).orElse("")));
  }

  String seal(Task task) {
    return seal.seal(
        JsonValue.write(List.of(task.upstream(), task.tool(), task.id())).getBytes(UTF_8), bound);
  }

  Optional<Task> open(String sealed) {
    return seal.open(sealed, bound)
        .map(plain -> JsonValue.read(Payload.of(plain)))
        .map(SealedTasks::task);
  }

  private static Task task(Object read) {
    if (read instanceof List<?> parts
        && parts.size() == 3
        && parts.get(0) instanceof String upstream
        && parts.get(1) instanceof String tool
        && parts.get(2) instanceof String id) {
      return new Task(upstream, tool, id);
    }
    throw new IllegalStateException("a sealed task is no task");
  }
}
