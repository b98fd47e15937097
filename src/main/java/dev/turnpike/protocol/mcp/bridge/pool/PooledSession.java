package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.protocol.mcp.legacy.Link;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.RpcId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A session that Turnpike has opened at a legacy upstream for one modern caller. Thread-safe. */
public final class PooledSession {
  private final Link link;
  private final Map<String, Object> capabilities;
  private final String info;
  private final Optional<String> instructions;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicReference<LogLevel> logLevel = new AtomicReference<>(LogLevel.NONE);
  private final Bus bus;
  private volatile long usedNanos;

  /**
   * @param capabilities the upstream's, without what cannot be bridged
   * @param info its serverInfo, as JSON
   * @param forgotten told where the upstream has forgotten the session while somebody listens
   * @param changed told where it says that one of its lists has changed
   */
  public PooledSession(
      Link link,
      Map<String, Object> capabilities,
      String info,
      Optional<String> instructions,
      Runnable changed,
      Consumer<PooledSession> forgotten) {
    this.link = link;
    this.capabilities = capabilities;
    this.info = info;
    this.instructions = instructions;
    this.bus = new Bus(link, this::nextId, changed, _ -> forgotten.accept(this));
  }

  public Link link() {
    return link;
  }

  /** Somebody needs it, until {@link #release}: it is not ended meanwhile. */
  public void hold() {
    users.incrementAndGet();
  }

  public void release() {
    users.decrementAndGet();
  }

  boolean inUse() {
    return held() || bus.listened();
  }

  /** Whether a call is under way in it. */
  boolean held() {
    return users.get() > 0;
  }

  /** What it says that belongs to no request. */
  public Bus bus() {
    return bus;
  }

  public Map<String, Object> capabilities() {
    return capabilities;
  }

  public String info() {
    return info;
  }

  public Optional<String> instructions() {
    return instructions;
  }

  /** An id that no other request of this session has; it serves as progress token, too. */
  public RpcId.Text nextId() {
    String id = "turnpike-" + requests.incrementAndGet();
    return new RpcId.Text(id, JsonText.quote(id));
  }

  /**
   * Whether the level must be told to the upstream, which has one for the whole session: the lowest
   * that was ever wanted. What comes above a request's own level is filtered.
   */
  public boolean lowers(LogLevel wanted) {
    LogLevel before = logLevel.getAndAccumulate(wanted, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    return wanted.compareTo(before) < 0;
  }

  public void touch(long nanos) {
    usedNanos = nanos;
  }

  public long usedNanos() {
    return usedNanos;
  }
}
