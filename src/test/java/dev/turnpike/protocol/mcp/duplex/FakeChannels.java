package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Channels whose other side is the test: it sees what was written, and says what it likes. */
final class FakeChannels implements Channel.Opener {
  private final List<One> opened = new CopyOnWriteArrayList<>();
  private volatile boolean lingering;

  /** What is closed from now on is not gone before the test says so. */
  void linger() {
    lingering = true;
  }

  One at(int index) {
    return opened.get(index);
  }

  One last() {
    return opened.getLast();
  }

  int size() {
    return opened.size();
  }

  @Override
  public Channel open(Channel.Ear ear) {
    One one = new One(ear);
    opened.add(one);
    return one;
  }

  /** One of them. */
  final class One implements Channel {
    private final Ear ear;
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private volatile boolean closed;

    private One(Ear ear) {
      this.ear = ear;
    }

    List<String> written() {
      return written;
    }

    boolean closed() {
      return closed;
    }

    void say(String json) {
      ear.message(Payload.of(json));
    }

    /** Answers what was asked last. */
    void answer(String result) {
      String id = written.getLast().replaceAll(".*\"id\":([0-9]+).*", "$1");
      say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }

    /** There is nothing left of it. */
    void gone() {
      gone.complete(true);
    }

    @Override
    public boolean write(Payload message) {
      written.add(message.text());
      return true;
    }

    @Override
    public CompletionStage<?> close() {
      if (!closed) {
        closed = true;
        ear.closed(new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, "was ended"));
      }
      if (!lingering) {
        gone();
      }
      return gone;
    }
  }
}
