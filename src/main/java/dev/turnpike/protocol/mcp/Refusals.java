package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import java.util.Optional;

/**
 * Writes a refusal as an answer: a JSON-RPC error, or a tool result where the contract wants one.
 */
public final class Refusals {
  private Refusals() {}

  /**
   * Answers with a no.
   *
   * @param id of the request; without one the error has no {@code id} member at all
   * @param method of the request, which decides whether a no can be told as a tool result
   */
  public static void answer(
      Refusal refusal, Era era, Optional<RpcId> id, String method, Reply reply) {
    McpErrors.Words words = McpErrors.of(refusal, era);
    words.fields().forEach(reply::header);
    if (refusal instanceof Refusal.MethodNotAllowed || refusal instanceof Refusal.NoSuchEndpoint) {
      reply.answer(words.status());
      return;
    }
    if (id.isPresent() && method.equals("tools/call") && asResult(refusal)) {
      reply.answer(200, Words.JSON, toolResult(words, era, id.get()));
      return;
    }
    // without an id nobody waits for an error in band: only the status can say no
    int status = id.isEmpty() && words.status() == 200 ? unnumbered(words) : words.status();
    reply.answer(status, Words.JSON, error(words, id));
  }

  /** The same no as a message, for a stream that is open already. */
  public static Payload message(Refusal refusal, Era era, RpcId id) {
    return error(McpErrors.of(refusal, era), Optional.of(id));
  }

  private static boolean asResult(Refusal refusal) {
    return refusal instanceof Refusal.ArgumentsRefused
        || (refusal instanceof Refusal.OverBudget over && over.inBand());
  }

  private static int unnumbered(McpErrors.Words words) {
    return switch (words.code()) {
      case -31502 -> 502;
      case -31503 -> 503;
      case -31504 -> 504;
      default -> 400;
    };
  }

  private static Payload error(McpErrors.Words words, Optional<RpcId> id) {
    StringBuilder json = new StringBuilder(160).append("{\"jsonrpc\":\"2.0\",");
    id.ifPresent(i -> json.append("\"id\":").append(i.lexeme()).append(','));
    json.append("\"error\":{\"code\":").append(words.code()).append(",\"message\":");
    JsonText.quoteInto(json, words.message());
    if (!words.data().isEmpty()) {
      json.append(",\"data\":").append(JsonValue.write(words.data()));
    }
    return Payload.of(json.append("}}").toString());
  }

  private static Payload toolResult(McpErrors.Words words, Era era, RpcId id) {
    StringBuilder json = new StringBuilder(200).append("{\"jsonrpc\":\"2.0\",\"id\":");
    json.append(id.lexeme()).append(",\"result\":{");
    if (era == Era.MODERN) {
      json.append("\"resultType\":\"complete\",");
    }
    json.append("\"content\":[{\"type\":\"text\",\"text\":");
    JsonText.quoteInto(json, words.message());
    return Payload.of(json.append("}],\"isError\":true}}").toString());
  }
}
