package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Amendment;
import dev.turnpike.rpc.Payload;
import java.util.Optional;

/** A call that may become a task, if the server decides so. */
record Begun(SealedTasks tasks, String upstream, String tool) implements Amendment {
  static final String WITHOUT_ID = "began a task without an id";

  @Override
  public Payload body(Payload body) {
    return TaskMembers.declaring(body);
  }

  @Override
  public Optional<Payload> instead(Told told) throws Refused {
    TaskResult result = TaskResult.of(told.scan().payload());
    if (!result.isTask()) {
      return Optional.empty();
    }
    String id =
        result
            .id()
            .orElseThrow(() -> new Refused(new Refusal.UpstreamUnavailable(upstream, WITHOUT_ID)));
    return Optional.of(result.naming(tasks.seal(new SealedTasks.Task(upstream, tool, id))));
  }
}
