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
    // what is posted to no stream is refused on the road, which knows who posts
    Optional<Line> line = lines.find(inbound);
    return line.isPresent() ? posted(line.get(), inbound, reply) : road.serve(inbound, reply);
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
            here.get(),
            surplus -> end(surplus, bare("DELETE", inbound)));
    CompletionStage<List<Outcome>> served = road.serve(with(inbound, line.session(), body), back);
    // the end of the stream ends the session, on behalf of whoever it belongs to
    line.onGone(line, () -> line.last().ifPresent(last -> end(line, bare("DELETE", last))));
    if (message.filter(m -> m.isNotification("notifications/initialized")).isPresent()) {
      listen(line, inbound);
    }
    return served;
  }

  private void end(Line line, Inbound last) {
    line.session().ifPresent(session -> end(session, last));
  }

  private void end(String session, Inbound last) {
    road.serve(with(last, Optional.of(session), Payload.EMPTY), new NoReply());
  }

  // what belongs to no request comes on the same stream
  private void listen(Line line, Inbound inbound) {
    if (line.session().isEmpty() || !line.beginsToListen()) {
      return;
    }
    Inbound get = with(bare("GET", inbound), line.session(), Payload.EMPTY);
    new Listening(line, road, get, here.get()).begin();
  }

  private static Inbound bare(String method, Inbound inbound) {
    return inbound.asked(method, inbound.headers(), Payload.EMPTY);
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
    return inbound.asked(inbound.method(), told, body);
  }
}
