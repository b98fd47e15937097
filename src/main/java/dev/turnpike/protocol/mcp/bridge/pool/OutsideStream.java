package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Relisted;
import dev.turnpike.session.EventLog;
import dev.turnpike.session.Session;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A GET of a legacy session whose stream of what belongs to no request is Turnpike's own. */
public final class OutsideStream {
  private OutsideStream() {}

  /**
   * The stream.
   *
   * @param listen begins to listen to whoever feeds it
   */
  public static Course.Held of(Session session, Runnable listen) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Reply.EventSink[] open = new Reply.EventSink[1];
    return new Course.Held(
        reply -> {
          EventLog log = session.outside();
          reply.onGone(() -> over.complete(null));
          Reply.EventSink sink = new Ending(reply.stream(), over);
          open[0] = sink;
          log.attachToAll(sink);
          listen.run();
        },
        over,
        () -> {
          Reply.EventSink sink = open[0];
          if (sink != null) {
            sink.end();
          }
        },
        kinds ->
            Relisted.notices(kinds)
                .forEach(name -> session.outside().publish(Notice.of(name, Optional.empty()))));
  }
}
