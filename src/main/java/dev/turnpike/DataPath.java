package dev.turnpike;

import dev.turnpike.account.Ledger;
import dev.turnpike.authorize.Permitted;
import dev.turnpike.budget.Reserved;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.identify.Identifier;
import dev.turnpike.lane.Lanes;
import dev.turnpike.protocol.Batch;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.Protocols;
import dev.turnpike.relay.Relay;
import dev.turnpike.route.Routed;
import dev.turnpike.route.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The way of one request through the gateway. Read this file first: each line's result is the only
 * key to the next line, so no step can be skipped and none can be reordered.
 */
public final class DataPath {
  private final Supplier<Snapshot> snapshots;
  private final Identifier identifier;
  private final Protocols protocols;
  private final Lanes lanes;
  private final Router router;
  private final Relay relay;
  private final Ledger ledger;
  private final InstantSource wall;
  private final ExchangeListener listener;

  public DataPath(
      Supplier<Snapshot> snapshots,
      Identifier identifier,
      Protocols protocols,
      Lanes lanes,
      Router router,
      Relay relay,
      Ledger ledger,
      InstantSource wall,
      ExchangeListener listener) {
    this.snapshots = snapshots;
    this.identifier = identifier;
    this.protocols = protocols;
    this.lanes = lanes;
    this.router = router;
    this.relay = relay;
    this.ledger = ledger;
    this.wall = wall;
    this.listener = listener;
  }

  /** Serves one request, here. Completes with its outcome or those of its parts, never fails. */
  public CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply) {
    Snapshot now = snapshots.get();
    Watch watch = listener.begun(inbound);
    return identifier
        .identify(inbound, now.endpoints())
        .thenCompose(caller -> {
          watch.identified(caller);
          return lanes
              .aside(inbound, caller, protocols, now.endpoints(), reply, watch)
              .orElseGet(() -> serve(now, inbound, caller, reply, watch));
        })
        .exceptionallyCompose(failure -> ended(watch, Endings.unclaimed(failure, reply)));
  }

  /** Serves one request of a caller whom a road has identified, maybe that of another lane. */
  public CompletionStage<List<Outcome>> serve(
      Snapshot now, Inbound inbound, Caller caller, Reply reply, Watch watch) {
    try {
      Protocol protocol = protocols.claim(inbound, caller, now.endpoints());
      return converse(now, caller, protocol, inbound, reply, watch);
    } catch (Refused unclaimed) {
      return ended(watch, Endings.unclaimed(unclaimed, reply));
    }
  }

  private CompletionStage<List<Outcome>> converse(
      Snapshot now, Caller caller, Protocol protocol, Inbound inbound, Reply reply, Watch watch) {
    watch.governed(now.policy().version());
    try {
      Optional<Batch> batch = protocol.split(inbound, caller, now.endpoints(), reply);
      if (batch.isPresent()) {
        return Endings.all(
            batch.get(),
            (i, part) -> {
              Watch own = i == 0 ? watch : listener.begun(part, caller);
              return converse(now, caller, protocol, part, batch.get().reply(i), own);
            });
      }
      Dialogue dialogue = protocol.read(inbound, caller, now.endpoints());
      watch.read(dialogue.call());
      return pass(now, caller, dialogue, reply, watch).thenCompose(end -> ended(watch, end));
    } catch (Refused | RuntimeException failure) {
      return ended(watch, Endings.unread(failure, protocol, inbound, reply));
    }
  }

  private CompletionStage<Outcome> pass(
      Snapshot now, Caller caller, Dialogue dialogue, Reply reply, Watch watch) {
    return router
        .route(caller, dialogue, now.upstreams())
        .thenCompose(routed -> onward(now, routed, dialogue, reply, watch))
        .exceptionally(failure -> Endings.of(failure, dialogue, reply));
  }

  private CompletionStage<Outcome> onward(
      Snapshot now, Routed routed, Dialogue dialogue, Reply reply, Watch watch) {
    watch.routed(routed.upstream());
    return Endings.refusing(() -> {
      Permitted permitted = now.policy().authorize(routed);
      watch.permitted(permitted.grounds());
      return now.budgets()
          .reserve(permitted)
          .thenCompose(reserved -> paid(now, routed, reserved, dialogue, reply, watch));
    });
  }

  private CompletionStage<Outcome> paid(
      Snapshot now, Routed routed, Reserved reserved, Dialogue dialogue, Reply reply, Watch watch) {
    watch.reserved(reserved.observed(), reserved.estimate());
    return relay
        .send(reserved, dialogue, now.upstreams(), reply, watch)
        .whenComplete((outcome, failure) -> {
          reserved.settle(Endings.sent(failure), Endings.usage(outcome));
          Optional.ofNullable(outcome)
              .ifPresent(end -> ledger.record(wall.instant(), routed, reserved.estimate(), end));
        });
  }

  private static CompletionStage<List<Outcome>> ended(Watch watch, Outcome outcome) {
    watch.ended(outcome);
    return CompletableFuture.completedFuture(List.of(outcome));
  }
}
