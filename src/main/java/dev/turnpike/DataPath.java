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
import java.util.stream.IntStream;

/**
 * The way of one request through the gateway. Read this file first: each line's result is the only
 * key to the next line, so no step can be skipped and none can be reordered.
 */
public final class DataPath {
  private final Supplier<Snapshot> snapshots;
  private final Identifier identifier;
  private final Protocols protocols;
  private final Router router;
  private final Relay relay;
  private final Ledger ledger;
  private final InstantSource wall;
  private final ExchangeListener listener;

  public DataPath(
      Supplier<Snapshot> snapshots,
      Identifier identifier,
      Protocols protocols,
      Router router,
      Relay relay,
      Ledger ledger,
      InstantSource wall,
      ExchangeListener listener) {
    this.snapshots = snapshots;
    this.identifier = identifier;
    this.protocols = protocols;
    this.router = router;
    this.relay = relay;
    this.ledger = ledger;
    this.wall = wall;
    this.listener = listener;
  }

  /**
   * Serves one request, on the thread that calls. Completes with its outcome (for a batch, that of
   * each part), and never fails.
   */
  public CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply) {
    Snapshot now = snapshots.get();
    Watch watch = listener.begun(inbound);
    return identifier
        .identify(inbound, now.endpoints())
        .thenCompose(caller ->
            Endings.refusing(() -> {
              watch.identified(caller);
              Protocol protocol = protocols.claim(inbound, caller, now.endpoints());
              return converse(now, caller, protocol, inbound, reply, watch);
            }))
        .exceptionallyCompose(failure -> ended(watch, Endings.unclaimed(failure, reply)));
  }

  private CompletionStage<List<Outcome>> converse(
      Snapshot now, Caller caller, Protocol protocol, Inbound inbound, Reply reply, Watch watch) {
    watch.governed(now.policy().version());
    try {
      Optional<Batch> batch = protocol.split(inbound, caller, now.endpoints(), reply);
      if (batch.isPresent()) {
        return each(now, caller, protocol, batch.get(), watch);
      }
      Dialogue dialogue = protocol.read(inbound, caller, now.endpoints());
      watch.read(dialogue.call());
      return pass(now, caller, dialogue, reply, watch).thenCompose(end -> ended(watch, end));
    } catch (Refused | RuntimeException failure) {
      return ended(watch, Endings.unread(failure, protocol, inbound, reply));
    }
  }

  private CompletionStage<List<Outcome>> each(
      Snapshot now, Caller caller, Protocol protocol, Batch batch, Watch first) {
    List<CompletableFuture<List<Outcome>>> parts =
        IntStream.range(0, batch.parts().size())
            .mapToObj(i -> {
              Inbound part = batch.parts().get(i);
              Watch watch = i == 0 ? first : listener.begun(part);
              if (i > 0) {
                watch.identified(caller);
              }
              return converse(now, caller, protocol, part, batch.reply(i), watch)
                  .toCompletableFuture();
            })
            .toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(_ -> parts.stream().flatMap(p -> p.join().stream()).toList());
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
