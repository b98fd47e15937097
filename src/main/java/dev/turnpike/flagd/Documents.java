package dev.turnpike.flagd;

import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueuePayload;
import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueuePayloadType;
import dev.openfeature.contrib.providers.flagd.resolver.process.storage.connector.QueueSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands flagd one document after the other. */
final class Documents implements QueueSource {
  private static final int MOST_WAITING = 8;

  private final BlockingQueue<QueuePayload> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

  void take(String document) {
    if (!waiting.offer(new QueuePayload(QueuePayloadType.DATA, document))) {
      throw new IllegalArgumentException("flagd has not taken what it was given before");
    }
  }

  @Override
  public void init() {
    // what is waiting is there from the beginning
  }

  @Override
  public BlockingQueue<QueuePayload> getStreamQueue() {
    return waiting;
  }

  @Override
  public void shutdown() {
    // wakes the thread that waits for a document, which then ends
    waiting.offer(new QueuePayload(QueuePayloadType.ERROR, null));
  }
}
