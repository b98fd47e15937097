package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Hidden;
import java.util.Optional;

/** Tasks for callers that have no such thing: they wait for the call, as for any other. */
record HiddenTasks() implements Hidden {
  @Override
  public String id() {
    return Tasks.ID;
  }

  @Override
  public Optional<Behind> begun(Told told, String upstream) throws Refused {
    TaskResult result = TaskResult.of(told.scan().payload());
    if (!result.isTask()) {
      return Optional.empty();
    }
    String id =
        result
            .id()
            .orElseThrow(
                () -> new Refused(new Refusal.UpstreamUnavailable(upstream, Begun.WITHOUT_ID)));
    return Optional.of(new Followed(id, upstream, result.pollInterval()));
  }
}
