package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The streams that are open now. Thread-safe. */
public final class Lines {
  private static final int ID_BYTES = 16;

  private final boolean on;
  private final RandomGenerator random;
  private final Map<String, Line> open = new ConcurrentHashMap<>();

  /**
   * @param on whether the transport is served at all
   * @param random of ids, which nobody may guess
   */
  public Lines(boolean on, RandomGenerator random) {
    this.on = on;
    this.random = random;
  }

  boolean on() {
    return on;
  }

  /** Whether the request opens a stream of this transport. */
  public boolean opens(Inbound inbound) {
    return on
        && inbound.method().equals("GET")
        && inbound.headers().first(Words.HEADER_SESSION).isEmpty()
        && inbound.headers().all("accept").stream().anyMatch(said -> said.contains(Words.EVENTS));
  }

  /** The stream of that request. */
  public Dialogue opening(Inbound inbound, Endpoint endpoint) {
    return new LineOpening(inbound.path(), endpoint, this);
  }

  Line begin(String path, Reply reply) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    Sunset.on(reply);
    Line line = new Line(id, path, reply.stream());
    open.put(id, line);
    line.onGone(this, () -> open.remove(id, line));
    line.sink().named("endpoint", Payload.of(path + "?sessionId=" + id));
    return line;
  }

  Optional<Line> find(String id) {
    return Optional.ofNullable(open.get(id));
  }
}
