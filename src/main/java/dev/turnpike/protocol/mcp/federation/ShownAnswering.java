package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Hears an upstream with its resources under the URIs that the endpoint shows. */
record ShownAnswering(Answering inner, ShownUris uris) implements Answering {
  @Override
  public void head(Answered head) throws Refused {
    inner.head(head);
  }

  @Override
  public boolean wholeWithHead() {
    return inner.wholeWithHead();
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    return inner.message(uris.in(json), eventId);
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    inner.primed(eventId, retryMillis);
  }

  @Override
  public Optional<Resumption> resumption() {
    return inner.resumption();
  }

  @Override
  public Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return inner.sequel();
  }

  @Override
  public boolean ended() throws Refused {
    return inner.ended();
  }

  @Override
  public void cut(Refusal reason) {
    inner.cut(reason);
  }

  @Override
  public void retire() {
    inner.retire();
  }

  @Override
  public boolean full() {
    return inner.full();
  }

  @Override
  public void onDrain(Runnable action) {
    inner.onDrain(action);
  }

  @Override
  public boolean outlivesCaller() {
    return inner.outlivesCaller();
  }

  @Override
  public Answered adopted(Answered answered) {
    return inner.adopted(answered);
  }

  @Override
  public void mayLeave(Runnable leave) {
    inner.mayLeave(leave);
  }

  @Override
  public void over() {
    inner.over();
  }

  @Override
  public void whenUnwanted(Runnable stop) {
    inner.whenUnwanted(stop);
  }
}
