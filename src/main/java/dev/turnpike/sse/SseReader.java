package dev.turnpike.sse;

public final class SseReader {
  /** Where the events go, in their order. */
  @FunctionalInterface
  public interface Sink {
    void event(SseEvent event);
  }

  public SseReader(int maxEventBytes, Sink sink) {}

  public void feed(byte[] bytes, int from, int to) throws SseTooLarge {
    throw new UnsupportedOperationException();
  }

  public void end() {
    throw new UnsupportedOperationException();
  }
}
