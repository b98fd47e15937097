package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Amendment;
import dev.turnpike.protocol.mcp.modern.ToUpstream;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Field;
import java.util.List;

/**
 * A question about a task, or an order to it.
 *
 * @param sealed the id that the caller has
 */
record About(String sealed, SealedTasks.Task task, CountedTasks counted) implements Amendment {
  @Override
  public Payload body(Payload body) {
    return TaskMembers.about(TaskMembers.declaring(body), task.id());
  }

  @Override
  public List<Field> fields() {
    return List.of(ToUpstream.name(task.id()));
  }

  @Override
  public Payload amended(Told told, Payload message) {
    TaskResult result = TaskResult.of(message);
    if (result.result().isPresent()) {
      counted.add(sealed);
    }
    return result.id().isPresent() ? result.naming(sealed) : message;
  }
}
