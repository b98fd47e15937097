package dev.turnpike.relay;

import dev.turnpike.budget.Reserved;
import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import dev.turnpike.rpc.Lasting;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Reporting.Several;
import dev.turnpike.tokens.Tally;
import dev.turnpike.tokens.Weight;
import dev.turnpike.tokens.Weight.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A reply that is weighed on its way: what the caller gets is what a model will read, after rules
 * and revisions have changed it. Budgets hear what it comes to, and say in it what is left of them,
 * or, where one has no room for it, stand in its place. For the thread of the exchange.
 */
final class Weighed implements Reply {
  private final Reply reply;
  private final Reserved reserved;
  private final Reckoning reckoning;
  private final Tally tally;
  private Weight weight = Weight.NONE;

  Weighed(Reply reply, Reserved reserved, Reckoning reckoning, Tally tally) {
    this.reply = reply;
    this.reserved = reserved;
    this.reckoning = reckoning;
    this.tally = tally;
  }

  /** What has gone out so far. */
  Weight weight() {
    // where a figure is not of its message alone, that of the result has those of its rounds in it
    return weight.kind() == Kind.ROUND && several() != Several.SUM ? Weight.NONE : weight;
  }

  // what goes to the caller instead of the message
  private Payload weigh(Payload message) {
    Routed routed = reserved.permitted().routed();
    Weight one = reckoning.scales().weigh(routed.call(), message);
    weight = weight.and(one, several());
    if (one.kind() != Kind.RESULT || !reserved.counted()) {
      return message;
    }
    Usage soFar = tally.soFar(routed.upstream(), routed.call(), routed.continued(), weight);
    Optional<Refusal.OverBudget> over = reserved.grow(soFar);
    if (over.isPresent()) {
      return reckoning.notes().outgrown(message, over.get());
    }
    List<Allowance> left = reserved.left(soFar);
    return left.isEmpty() ? message : reckoning.notes().left(message, left);
  }

  private Several several() {
    return reckoning.scales().several();
  }

  @Override
  public void withheld(Payload message) {
    var _ = weigh(message);
  }

  @Override
  public Reply uncounted() {
    return reply;
  }

  @Override
  public void waits() {
    reply.waits();
  }

  @Override
  public void header(String name, String value) {
    reply.header(name, value);
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    reply.answer(status, contentType, status == 200 && body.size() > 0 ? weigh(body) : body);
  }

  @Override
  public void listing(String contentType, Payload before, Lasting entries, Payload behind) {
    weight =
        weight.and(
            new Weight(Kind.DEFINITIONS, List.of(Piece.json(entries.bytes())), 0, Reported.NOTHING),
            several());
    reply.listing(contentType, before, entries, behind);
  }

  @Override
  public EventSink stream() {
    return new WeighedSink(reply.stream());
  }

  @Override
  public boolean committed() {
    return reply.committed();
  }

  @Override
  public void onGone(Runnable action) {
    reply.onGone(action);
  }

  private final class WeighedSink implements EventSink {
    private final EventSink sink;

    WeighedSink(EventSink sink) {
      this.sink = sink;
    }

    @Override
    public void event(String id, Payload data) {
      sink.event(id, weigh(data));
    }

    @Override
    public void named(String type, Payload data) {
      sink.named(type, data);
    }

    @Override
    public void prime(String id, long retryMillis) {
      sink.prime(id, retryMillis);
    }

    @Override
    public boolean full() {
      return sink.full();
    }

    @Override
    public void onDrain(Runnable action) {
      sink.onDrain(action);
    }

    @Override
    public void end() {
      sink.end();
    }

    @Override
    public void cut() {
      sink.cut();
    }

    @Override
    public boolean closed() {
      return sink.closed();
    }
  }
}
