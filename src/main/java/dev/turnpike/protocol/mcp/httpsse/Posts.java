package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What is posted to the address of a stream, put to the road as a request of Streamable HTTP whose
 * way back is the stream.
 */
public final class Posts {
  private static final String OLD = "2024-11-05";
  private static final String PARAMETER = "sessionId=";

  /** Serves requests of Streamable HTTP, on the thread that calls. */
  @FunctionalInterface
  public interface Onward {
    CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply);
  }

  private final Lines lines;
  private final Onward road;
  private final Supplier<Executor> here;

  /**
   * @param road takes requests of Streamable HTTP
   * @param here gives the event loop that it is called on
   */
  public Posts(Lines lines, Onward road, Supplier<Executor> here) {
    this.lines = lines;
    this.here = here;
    this.road = road;
  }

  /** Serves the request; one that is of no stream goes on as it is. */
  public CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply) {
    if (!lines.on() || !inbound.method().equals("POST") || !named(inbound)) {
      return road.serve(inbound, reply);
    }
    Optional<Line> line = line(inbound);
    if (line.isEmpty()) {
      // a session that nobody has: the road says so, in its words
      return road.serve(with(inbound, Optional.of("none"), inbound.body()), reply);
    }
    return posted(line.get(), inbound, reply);
  }

  private static boolean named(Inbound inbound) {
    return inbound.query().contains(PARAMETER);
  }

  private Optional<Line> line(Inbound inbound) {
    String query = inbound.query();
    return query.startsWith(PARAMETER)
        ? lines
            .find(query.substring(PARAMETER.length()))
            .filter(line -> line.path().equals(inbound.path()))
        : Optional.empty();
  }

  private CompletionStage<List<Outcome>> posted(Line line, Inbound inbound, Reply reply) {
    Optional<Message> message = Message.read(inbound.body());
    Optional<String> asked = message.flatMap(Message::opens);
    boolean old = asked.filter(OLD::equals).isPresent();
    Payload body = old ? message.orElseThrow().asking(Revisions.BATCHING) : inbound.body();
    LineReply back =
        new LineReply(
            line,
            reply,
            new LineReply.Asked(
                message.flatMap(Message::id), old ? Optional.of(OLD) : Optional.empty()),
            here.get());
    if (old) {
      line.isOld();
    }
    CompletionStage<List<Outcome>> served = road.serve(with(inbound, line.session(), body), back);
    // the end of the stream ends the session, on behalf of whoever posted last
    Inbound last = bare("DELETE", inbound);
    line.onGone(line, () -> end(line, last));
    if (message.filter(m -> m.isNotification("notifications/initialized")).isPresent()) {
      listen(line, inbound);
    }
    return served;
  }

  private void end(Line line, Inbound last) {
    if (line.session().isPresent()) {
      road.serve(with(last, line.session(), Payload.EMPTY), new NoReply());
    }
  }

  // what belongs to no request comes on the same stream
  private void listen(Line line, Inbound inbound) {
    if (line.session().isEmpty() || !line.beginsToListen()) {
      return;
    }
    Inbound get = with(bare("GET", inbound), line.session(), Payload.EMPTY);
    road.serve(get, new LineReply(line, new NoReply(), LineReply.Asked.NOTHING, here.get()));
  }

  private static Inbound bare(String method, Inbound inbound) {
    return new Inbound(method, inbound.path(), inbound.headers(), Payload.EMPTY);
  }

  private static Inbound with(Inbound inbound, Optional<String> session, Payload body) {
    Headers headers = inbound.headers();
    Headers told =
        name ->
            switch (name) {
              case Words.HEADER_SESSION -> session.stream().toList();
              case Words.HEADER_LAST_EVENT, Words.HEADER_VERSION -> List.of();
              case "accept" -> List.of(Words.JSON_OR_EVENTS);
              default -> headers.all(name);
            };
    return new Inbound(inbound.method(), inbound.path(), told, body);
  }
}
