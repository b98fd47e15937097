package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.modern.LegacyBridge;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.seal.Seal;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Modern callers at legacy upstreams. Thread-safe. */
public final class ToLegacy implements LegacyBridge, AutoCloseable {
  private final LegacySide side;

  /**
   * @param pool of the sessions that are opened; swept and closed with this
   * @param inputTime how long a caller may take to come back with what it was asked
   * @param random a source that cannot be predicted, safe for use by several threads
   */
  public ToLegacy(
      Natures natures,
      Pool pool,
      Tools tools,
      Duration inputTime,
      Supplier<KeyRing> keys,
      Ticker ticker,
      RandomGenerator random) {
    this.side =
        new LegacySide(
            natures,
            pool,
            tools,
            new Continuations(new Seal("continuation", keys, random), inputTime, ticker, random));
  }

  @Override
  public Dialogue request(
      Headers headers, Asked asked, Method method, Call call, Caller caller, String upstream) {
    return method.name().equals("subscriptions/listen")
        ? new LegacyListen(asked, call, caller, upstream, side)
        : new LegacyCall(headers, asked, method, call, caller, upstream, side);
  }

  /** Called from time to time: gives up what nobody came back to. */
  public void sweep() {
    side.pool().sweep();
    side.continuations().sweep();
  }

  /** Gives up every call that waits for its caller, and ends every session. */
  @Override
  public void close() {
    side.continuations().close();
    side.pool().close();
  }
}
