package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Amendment;
import dev.turnpike.rpc.Payload;

/** What a server offers: tasks among it, where it does and the client knows them. */
record Offered() implements Amendment {
  @Override
  public Payload body(Payload body) {
    return TaskMembers.declaring(body);
  }

  @Override
  public Payload amended(Told told, Payload message) {
    return TaskResult.of(told.scan().payload()).offers()
        ? TaskResult.of(message).offering()
        : message;
  }
}
