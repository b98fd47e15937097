package dev.turnpike.relay;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Reporting.Several;
import dev.turnpike.tokens.Scales;
import dev.turnpike.tokens.Weight;
import dev.turnpike.tokens.Weight.Kind;

/**
 * A reply that is weighed on its way: what the caller gets is what a model will read, after rules
 * and revisions have changed it. For the thread of the exchange.
 */
final class Weighed implements Reply {
  private final Reply reply;
  private final Call call;
  private final Scales scales;
  private Weight weight = Weight.NONE;

  Weighed(Reply reply, Call call, Scales scales) {
    this.reply = reply;
    this.call = call;
    this.scales = scales;
  }

  /** What has gone out so far. */
  Weight weight() {
    // where a figure is not of its message alone, that of the result has those of its rounds in it
    return weight.kind() == Kind.ROUND && scales.several() != Several.SUM ? Weight.NONE : weight;
  }

  private void weigh(Payload message) {
    weight = weight.and(scales.weigh(call, message), scales.several());
  }

  @Override
  public void withheld(Payload message) {
    weigh(message);
  }

  @Override
  public void header(String name, String value) {
    reply.header(name, value);
  }

  @Override
  public void answer(int status, String contentType, Payload body) {
    if (status == 200 && body.size() > 0) {
      weigh(body);
    }
    reply.answer(status, contentType, body);
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
      weigh(data);
      sink.event(id, data);
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
