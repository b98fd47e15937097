package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.httpsse.Lines;
import dev.turnpike.relay.Relay;
import dev.turnpike.session.Sessions;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is open in each revision, towards callers and towards upstreams, and its end where that is
 * turned off. Thread-safe.
 */
final class Edges {
  private final Supplier<Snapshot> now;
  private final Lines lines;
  private final Withdrawal withdrawal;
  private final Parting parting;
  private final CalledUses calledUses;

  Edges(
      Supplier<Snapshot> now,
      Served served,
      Sessions sessions,
      Relay relay,
      Lines lines,
      Natures natures,
      Pool pool) {
    this.now = now;
    this.lines = lines;
    this.withdrawal = new Withdrawal(served, sessions, relay, lines);
    this.parting = new Parting(natures, pool, sessions, relay);
    this.calledUses = new CalledUses(natures, pool, sessions, now);
    reloaded();
  }

  /** There may be other upstreams now. */
  void reloaded() {
    parting.begin(now.get());
  }

  /** Ends what is open of revisions that are turned off, at the edge where they are. */
  void withdraw() {
    Snapshot there = now.get();
    withdrawal.of(there, ended -> Withdrawal.farewell(there, ended));
    parting.of(there, ended -> Withdrawal.farewell(there, ended));
  }

  /** The same from time to time: what was let in while its revision was turned off. */
  void sweep() {
    Snapshot there = now.get();
    withdrawal.of(there, ended -> Withdrawal.farewell(there, ended));
    parting.sweep(there, ended -> Withdrawal.farewell(there, ended));
  }

  /** Who is called in what. */
  CalledUses calledUses() {
    return calledUses;
  }

  /** Streams of the transport of 2024-11-05 that are open, by the names of their endpoints. */
  Map<String, Long> lines() {
    return lines.open(now.get().endpoints());
  }
}
