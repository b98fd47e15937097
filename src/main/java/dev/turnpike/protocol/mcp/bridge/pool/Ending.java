package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.exchange.Reply.EventSink;
import dev.turnpike.rpc.Payload;
import java.util.concurrent.CompletableFuture;

/** A sink that tells when it has been ended. */
record Ending(EventSink sink, CompletableFuture<?> over) implements EventSink {
  @Override
  public void event(String id, Payload data) {
    sink.event(id, data);
  }

  @Override
  public void named(String type, Payload data) {
    sink.named(type, data);
  }

  @Override
  public void prime(String id, long retryMillis) {
    sink.prime(id, retryMillis);
  }

  @Override
  public boolean full() {
    return sink.full();
  }

  @Override
  public void onDrain(Runnable action) {
    sink.onDrain(action);
  }

  @Override
  public void end() {
    sink.end();
    over.complete(null);
  }

  @Override
  public void cut() {
    sink.cut();
    over.complete(null);
  }

  @Override
  public boolean closed() {
    return sink.closed();
  }
}
