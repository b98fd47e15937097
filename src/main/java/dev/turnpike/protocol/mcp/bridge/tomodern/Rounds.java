package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonScanner.Named;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Conversation.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The inputs that a modern upstream asks for between two requests, put to a legacy caller as
 * requests of its own on the stream of its call (2026-07-28, multi round-trip requests). One object
 * for each call; on the thread of the exchange.
 */
final class Rounds {
  private static final int MOST = 8;
  private static final int MOST_AT_ONCE = 32;
  private static final ScanLimits LIMITS = new ScanLimits(64, 100_000);
  private static final Wanted ENTRY = new Wanted();
  private static final Member METHOD = ENTRY.member("method");
  private static final Member PARAMS = ENTRY.member("params");
  private static final Wanted ANSWER = new Wanted();
  private static final Member RESULT = ANSWER.member("result");

  private final Conversation conversation;
  private final String revision;
  private final Map<?, ?> capabilities;
  private List<Input> open = List.of();
  private int round;

  /** Why there is no next round, for the caller to read. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String why) {
      super(why, null, false, false);
    }
  }

  private record Input(String key, String method, Question question) {}

  Rounds(Conversation conversation, String revision) {
    this.conversation = conversation;
    this.revision = revision;
    this.capabilities =
        JsonValue.read(Payload.of(conversation.capabilities())) instanceof Map<?, ?> known
            ? known
            : Map.of();
  }

  /**
   * Puts the questions, and completes with what the request is sent again with; fails with {@link
   * Failed}. Nothing is put where not all of them can be.
   */
  CompletableFuture<Stamp.Again> next(Told told, Consumer<Payload> out) throws Failed {
    if (++round > MOST) {
      throw new Failed("The server asked for inputs more than " + MOST + " times");
    }
    RpcId id = fresh();
    Optional<String> state =
        told.scan().type(Told.REQUEST_STATE) == JsonType.STRING
            ? Optional.of(told.scan().part(Told.REQUEST_STATE).text())
            : Optional.empty();
    if (told.scan().type(Told.INPUT_REQUESTS) != JsonType.OBJECT) {
      if (state.isEmpty()) {
        throw new Failed("The server asked for inputs and did not say which");
      }
      return CompletableFuture.completedFuture(new Stamp.Again(id, Optional.empty(), state));
    }
    List<Payload> questions = new ArrayList<>();
    List<Input> inputs = inputs(told.scan().part(Told.INPUT_REQUESTS), questions);
    open = inputs;
    questions.forEach(out);
    return CompletableFuture.allOf(
            inputs.stream().map(i -> i.question().answer()).toArray(CompletableFuture[]::new))
        .thenApply(_ -> responses(inputs))
        .thenCompose(responses ->
            responses
                .<CompletableFuture<Stamp.Again>>map(json ->
                    CompletableFuture.completedFuture(
                        new Stamp.Again(id, Optional.of(json), state)))
                .orElseGet(() ->
                    CompletableFuture.failedFuture(
                        new Failed("The client did not give what the server asked for"))));
  }

  /** Nobody waits for answers any more. */
  void abandon() {
    open.forEach(input -> conversation.forget(input.question().id()));
    open = List.of();
  }

  /** How long to wait before a request that nothing was asked for is sent again. */
  long pauseMillis() {
    return Math.min(10_000, 100L << round);
  }

  private RpcId fresh() {
    String id = "turnpike-round-" + round;
    return new RpcId.Text(id, JsonText.quote(id));
  }

  private List<Input> inputs(Payload requests, List<Payload> questions) throws Failed {
    List<Named> entries = JsonScanner.members(requests);
    if (entries.size() > MOST_AT_ONCE) {
      throw new Failed("The server asked for more than " + MOST_AT_ONCE + " inputs at once");
    }
    List<Scan> scans = new ArrayList<>();
    for (Named entry : entries) {
      scans.add(possible(entry));
    }
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String method = scans.get(i).text(METHOD).orElse("");
      Question question = conversation.ask();
      inputs.add(new Input(entries.get(i).name(), method, question));
      questions.add(question(question.id(), method, scans.get(i)));
    }
    return inputs;
  }

  private Scan possible(Named entry) throws Failed {
    Scan scan;
    try {
      scan = JsonScanner.scan(entry.value(), ENTRY, LIMITS, Strictness.UPSTREAM);
    } catch (MalformedJson unreadable) {
      throw new Failed("The server asked for an input that cannot be read");
    }
    String method = scan.text(METHOD).orElse("");
    Map<?, ?> params =
        scan.type(PARAMS) == JsonType.OBJECT
                && JsonValue.read(scan.part(PARAMS)) instanceof Map<?, ?> read
            ? read
            : Map.of();
    if (!ClientCapabilities.allow(capabilities, method, params)) {
      throw new Failed(
          "The server needs a client that can do "
              + ("url".equals(params.get("mode")) ? method + " in URL mode" : method));
    }
    if (method.equals("sampling/createMessage")
        && revision.compareTo("2025-11-25") < 0
        && severalParts(params)) {
      throw new Failed(
          "The server asks the model with several parts in a message, which "
              + revision
              + " does not have");
    }
    if (method.equals("elicitation/create") && !Forms.fits(params, revision)) {
      throw new Failed(
          "The server asks for a choice of several values, which " + revision + " does not have");
    }
    return scan;
  }

  private static boolean severalParts(Map<?, ?> params) {
    return params.get("messages") instanceof List<?> messages
        && messages.stream()
            .anyMatch(one ->
                one instanceof Map<?, ?> message && message.get("content") instanceof List<?>);
  }

  private Payload question(RpcId id, String method, Scan scan) {
    String params = scan.type(PARAMS) == JsonType.OBJECT ? scan.part(PARAMS).text() : "{}";
    if (method.equals("elicitation/create")) {
      params = Forms.legacy(scan.part(PARAMS), revision, () -> "turnpike-" + id.lexeme());
    }
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"method\":"
            + JsonText.quote(method)
            + ",\"params\":"
            + params
            + "}");
  }

  // an error cannot be said inside a round: an elicitation is cancelled, the others fail the call
  private static Optional<String> responses(List<Input> inputs) {
    StringBuilder json = new StringBuilder("{");
    for (Input input : inputs) {
      Optional<String> result = result(input.question().answer().join());
      if (result.isEmpty() && !input.method().equals("elicitation/create")) {
        return Optional.empty();
      }
      json.append(json.length() == 1 ? "" : ",");
      JsonText.quoteInto(json, input.key());
      json.append(':').append(result.orElse("{\"action\":\"cancel\"}"));
    }
    return Optional.of(json.append('}').toString());
  }

  private static Optional<String> result(Payload answer) {
    try {
      Scan scan = JsonScanner.scan(answer, ANSWER, LIMITS, Strictness.CALLER);
      return scan.type(RESULT) == JsonType.OBJECT
          ? Optional.of(scan.part(RESULT).text())
          : Optional.empty();
    } catch (MalformedJson unreadable) {
      return Optional.empty();
    }
  }

  /** Whether the result is one that asks for inputs. */
  static boolean asks(Told told) {
    return told.scan().text(Told.RESULT_TYPE).filter(Words.INPUT_REQUIRED::equals).isPresent();
  }
}
