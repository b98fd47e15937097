package dev.turnpike.protocol.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Batch;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Scan;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC batch of 2025-03-26: its parts are served one by one, at once, and their answers
 * joined into one JSON array; or, as soon as one of them streams, into one event stream.
 */
final class Batches implements Batch {
  private static final int MAX_PARTS = 100;

  private final List<Inbound> parts;
  private final List<PartReply> replies = new ArrayList<>();
  private final Reply whole;
  private final List<Payload> answers = new ArrayList<>();
  private Reply.@Nullable EventSink sink;
  private int open;
  private int refused;

  Batches(Inbound inbound, List<Asked> asked, Reply whole) {
    this.whole = whole;
    this.parts = asked.stream().map(a -> inbound.holding(a.body())).toList();
    this.open = parts.size();
    parts.forEach(_ -> replies.add(new PartReply(this)));
  }

  static boolean startsArray(Payload body) {
    for (int i = 0; i < body.size(); i++) {
      byte b = body.at(i);
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '[';
      }
    }
    return false;
  }

  /**
   * The messages of the array; refused where there is none, too many, or one that has no place in a
   * batch.
   */
  static List<Asked> parts(Scan array) throws Refused {
    List<Scan> elements = JsonScanner.elements(array.payload(), Asked.wanted());
    if (elements.isEmpty() || elements.size() > MAX_PARTS) {
      throw invalid("A batch has 1 to " + MAX_PARTS + " messages");
    }
    List<Asked> parts = new ArrayList<>(elements.size());
    for (Scan element : elements) {
      if (element.type() != JsonType.OBJECT || element.has(Asked.META_VERSION)) {
        throw invalid("A batch holds messages of " + Revisions.BATCHING + " only");
      }
      Asked part = Asked.read(element);
      if (part.message() instanceof RpcMessage.Request(_, var method)
          && method.equals("initialize")) {
        throw invalid("initialize has no place in a batch");
      }
      parts.add(part);
    }
    return parts;
  }

  static Refused invalid(String message) {
    return new Refused(new Refusal.ProtocolRule(400, McpErrors.INVALID_REQUEST, message));
  }

  @Override
  public List<Inbound> parts() {
    return parts;
  }

  @Override
  public Reply reply(int part) {
    return replies.get(part);
  }

  Reply whole() {
    return whole;
  }

  /** The stream that all parts share once one of them needs it. */
  Reply.EventSink stream() {
    Reply.EventSink shared = sink;
    if (shared == null) {
      shared = whole.stream();
      sink = shared;
      for (Payload answer : answers) {
        shared.event("", answer);
      }
      answers.clear();
    }
    return shared;
  }

  /** One part is answered: with a message, or (empty) without one. */
  void answered(int status, Payload answer) {
    if (answer.size() > 0) {
      if (sink != null) {
        sink.event("", answer);
      } else {
        answers.add(answer);
      }
    } else if (status >= 400) {
      refused = status;
    }
    partEnded();
  }

  void partEnded() {
    if (--open > 0) {
      return;
    }
    if (sink != null) {
      sink.end();
    } else if (answers.isEmpty()) {
      // only notifications and answers: one status speaks for all
      whole.answer(refused > 0 ? refused : 202);
    } else {
      whole.answer(200, Words.JSON, joined());
    }
  }

  private Payload joined() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte separator = '[';
    for (Payload answer : answers) {
      out.write(separator);
      out.write(answer.array(), answer.offset(), answer.size());
      separator = ',';
    }
    out.writeBytes("]".getBytes(UTF_8));
    return Payload.of(out.toByteArray());
  }
}
