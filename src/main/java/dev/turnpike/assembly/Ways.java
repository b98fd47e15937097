package dev.turnpike.assembly;

import dev.turnpike.config.Reach;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.duplex.Duplex;
import dev.turnpike.upstream.Connector;
import dev.turnpike.upstream.HttpTransport;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.events.EventStreams;
import dev.turnpike.upstream.program.ProgramListener;
import dev.turnpike.upstream.program.Programs;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/**
 * Makes the way to each upstream.
 *
 * @param called in which revisions
 * @param messageLimit bytes of one message of an upstream
 */
record Ways(
    Vertx vertx,
    Called called,
    int messageLimit,
    ProgramListener programs,
    Ticker ticker,
    RandomGenerator random)
    implements Connector {
  @Override
  public Transport connect(UpstreamSpec spec) {
    return switch (spec.reach()) {
      case Reach.Http http -> new HttpTransport(spec, http, vertx, messageLimit);
      case Reach.Card card ->
          new HttpTransport(spec, new Reach.Http(card.url(), card.http2()), vertx, messageLimit);
      case Reach.Events events -> {
        EventStreams streams = new EventStreams(spec, events, vertx, messageLimit);
        yield new Duplex(
            spec,
            new Duplex.Parts(
                streams, false, spec.concurrency(), messageLimit, called, streams::close),
            ticker,
            random);
      }
      case Reach.Program program ->
          new Duplex(
              spec,
              new Duplex.Parts(
                  new Programs(
                      spec.name(), program, System::getenv, messageLimit, programs, ticker),
                  program.sharing() == Reach.Sharing.SHARED,
                  program.most(),
                  messageLimit,
                  called,
                  () -> {}),
              ticker,
              random);
    };
  }
}
