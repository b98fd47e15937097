package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One legacy session at one peer, opened by Turnpike with no capabilities, that the sessions of all
 * callers stand for. Thread-safe.
 */
final class Common {
  private static final String ID = "\"turnpike\"";
  private static final Payload INITIALIZED =
      Payload.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

  /** The peer, and what it said when the session was opened. */
  record Opened(Peer peer, Frame answer) {
    /** Whether a session can be had at all. */
    boolean agreed() {
      return answer.message() instanceof RpcMessage.Result;
    }

    /**
     * The answer to an {@code initialize} of a caller's. What cannot be told apart by caller is not
     * offered, and an older revision than was agreed on is what it asked for.
     */
    Payload to(Frame initialize, String id) {
      Splice splice = Splice.of(answer.scan().payload()).replace(answer.scan().span(Frame.ID), id);
      splice.removeMember(answer.scan(), Frame.LOGGING);
      String asked = initialize.scan().text(Frame.ASKED_VERSION).orElse("");
      String agreed = answer.scan().text(Frame.VERSION).orElse("");
      if (Revisions.LEGACY_ALL.contains(asked) && asked.compareTo(agreed) < 0) {
        splice.replace(answer.scan().span(Frame.VERSION), JsonText.quote(asked));
      }
      return splice.apply();
    }
  }

  private final Predicate<String> called;
  private final Set<Peer> parted = new HashSet<>();
  private @Nullable CompletableFuture<Opened> opening;
  // what could be proposed when it was opened: a peer that agrees to something else would again
  private List<String> proposable = List.of();

  /**
   * @param called whether the peer is called in a revision
   */
  Common(Predicate<String> called) {
    this.called = called;
  }

  /** Makes the exchange in which the session is opened, and the peer that is asked. */
  interface Beginning {
    Exchange exchange();

    Peer peer() throws UpstreamFailed;

    /** The peer is of no use: no session could be opened on it. */
    void end(Peer peer);
  }

  /** The session; opened where there is none. Completes on any thread. */
  synchronized CompletableFuture<Opened> opened(Beginning beginning) {
    CompletableFuture<Opened> there = opening;
    if (there != null && (!there.isDone() || (alive(there) && !outdated(there)))) {
      return there;
    }
    part();
    CompletableFuture<Opened> begun = new CompletableFuture<>();
    opening = begun;
    try {
      proposable = proposable();
      String revision =
          proposable.stream()
              .findFirst()
              .orElseThrow(() ->
                  new UpstreamFailed(
                      UpstreamFailed.Kind.UNREACHABLE, "is called in no revision with sessions"));
      Peer peer = beginning.peer();
      begun.whenComplete((result, _) -> {
        if (result == null || !result.agreed()) {
          beginning.end(peer);
        }
      });
      open(begun, peer, beginning.exchange(), revision);
    } catch (UpstreamFailed failure) {
      begun.completeExceptionally(failure);
    }
    return begun;
  }

  /** The peer of the session that there is now. */
  synchronized Optional<Peer> now() {
    CompletableFuture<Opened> there = opening;
    return there != null && there.isDone() && alive(there)
        ? Optional.of(there.join().peer())
        : Optional.empty();
  }

  private List<String> proposable() {
    return Revisions.LEGACY_ALL.stream().filter(called).toList();
  }

  private boolean outdated(CompletableFuture<Opened> there) {
    return !called.test(there.join().answer().scan().text(Frame.VERSION).orElse(""))
        && !proposable.equals(proposable());
  }

  // calls that are under way at the peer go on there
  private void part() {
    CompletableFuture<Opened> there = opening;
    if (there != null && there.isDone() && alive(there) && outdated(there)) {
      parted.add(there.join().peer());
      opening = null;
    }
  }

  /**
   * Ends what was opened in a revision that is not called any more, as soon as nothing is waited
   * for there.
   */
  synchronized void sweep(Consumer<Peer> end) {
    part();
    List<Peer> over = parted.stream().filter(peer -> peer.over() || peer.idle()).toList();
    over.forEach(parted::remove);
    over.forEach(end);
  }

  private static boolean alive(CompletableFuture<Opened> there) {
    return !there.isCompletedExceptionally()
        && there.join().agreed()
        && !there.join().peer().over();
  }

  private static void open(
      CompletableFuture<Opened> begun, Peer peer, Exchange exchange, String revision) {
    Frame initialize =
        Frame.read(
                Payload.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                        + ID
                        + ",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                        + revision
                        + "\",\"capabilities\":{},\"clientInfo\":"
                        + Words.OURSELVES
                        + "}}"))
            .orElseThrow();
    exchange
        .answered()
        .whenComplete((head, failure) -> {
          if (head == null) {
            begun.completeExceptionally(failure);
          } else {
            head.read(new First(begun, peer, head));
          }
        });
    peer.ask(new Asking(exchange, initialize, Optional.of(new Session(""))));
  }

  private record First(CompletableFuture<Opened> begun, Peer peer, Answered head)
      implements Receiver {
    @Override
    public void message(Payload json, String eventId) {
      Frame.told(json)
          .filter(frame ->
              frame.message() instanceof RpcMessage.Result
                  || frame.message() instanceof RpcMessage.Failure)
          .ifPresent(frame -> {
            if (frame.message() instanceof RpcMessage.Result) {
              peer.tell(INITIALIZED);
            }
            begun.complete(new Opened(peer, frame));
            head.finish();
          });
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {}

    @Override
    public void ended() {
      failed(new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, "did not open a session"));
    }

    @Override
    public void failed(UpstreamFailed failure) {
      begun.completeExceptionally(failure);
    }
  }
}
