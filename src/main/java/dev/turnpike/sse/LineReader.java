package dev.turnpike.sse;

import dev.turnpike.rpc.Payload;
import java.util.function.Consumer;

public final class LineReader {
  public LineReader(int maxLineBytes, Consumer<Payload> sink) {}

  public void feed(byte[] bytes, int from, int to) throws SseTooLarge {
    throw new UnsupportedOperationException();
  }

  public void end() {
    throw new UnsupportedOperationException();
  }
}
