package dev.turnpike.upstream.program;

import dev.turnpike.rpc.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to the standard input of a program, one message a line. A thread writes
 * only as long as something waits. Thread-safe.
 */
final class Outbox {
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final Executor threads;
  private final Queue<Payload> waiting = new ArrayDeque<>();
  private @Nullable OutputStream input;
  private long bytes;
  private boolean writing;
  private boolean over;

  Outbox(Executor threads) {
    this.threads = threads;
  }

  /** Whether the message was taken. */
  synchronized boolean add(Payload message) {
    if (over || bytes + message.size() > MOST_BYTES) {
      return false;
    }
    waiting.add(message);
    bytes += message.size();
    write();
    return true;
  }

  /** The program is there. */
  synchronized void open(OutputStream into) {
    input = into;
    write();
  }

  /** Takes no more; what waits is written, and then the input is closed. */
  synchronized void end() {
    over = true;
    write();
  }

  private void write() {
    OutputStream into = input;
    if (into != null && !writing && (over || !waiting.isEmpty())) {
      writing = true;
      threads.execute(() -> drain(into));
    }
  }

  private void drain(OutputStream into) {
    try {
      for (Optional<Payload> next = next(); next.isPresent(); next = next()) {
        into.write(oneLine(next.get()));
        into.flush();
      }
    } catch (IOException _) {
      // it reads no more: whoever reads its output hears how it ended
      fail();
    }
    if (closing()) {
      close(into);
    }
  }

  private synchronized Optional<Payload> next() {
    Payload next = waiting.poll();
    if (next == null) {
      writing = over;
      return Optional.empty();
    }
    bytes -= next.size();
    return Optional.of(next);
  }

  private synchronized void fail() {
    over = true;
    waiting.clear();
  }

  private synchronized boolean closing() {
    return over;
  }

  private static void close(OutputStream into) {
    try {
      into.close();
    } catch (IOException _) {
      // closed already by the other side
    }
  }

  // an end of line in valid JSON is white space: inside of texts it is escaped
  private static byte[] oneLine(Payload message) {
    byte[] line = new byte[message.size() + 1];
    for (int i = 0; i < message.size(); i++) {
      byte b = message.at(i);
      line[i] = b == '\n' || b == '\r' ? (byte) ' ' : b;
    }
    line[message.size()] = '\n';
    return line;
  }
}
