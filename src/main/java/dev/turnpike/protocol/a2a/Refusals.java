package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Optional;

/** Writes a refusal as an answer in JSON-RPC (A2A 1.0, section 9.5). */
final class Refusals {
  static final String JSON = "application/json";

  private Refusals() {}

  /**
   * Answers with a no.
   *
   * @param id of the request, as it stands there; without one the error has no {@code id} at all
   */
  static void answer(Refusal refusal, Optional<String> id, Reply reply) {
    A2aErrors.Words words = A2aErrors.of(refusal);
    words.fields().forEach(reply::header);
    reply.answer(words.status(), JSON, message(words, id));
  }

  /** The same no as a message, for a stream that is open already. */
  static Payload message(Refusal refusal, String id) {
    return message(A2aErrors.of(refusal), Optional.of(id));
  }

  private static Payload message(A2aErrors.Words words, Optional<String> id) {
    StringBuilder json = new StringBuilder(240).append("{\"jsonrpc\":\"2.0\",");
    id.ifPresent(i -> json.append("\"id\":").append(i).append(','));
    json.append("\"error\":{\"code\":").append(words.code()).append(",\"message\":");
    JsonText.quoteInto(json, words.message());
    if (!words.details().isEmpty()) {
      json.append(",\"data\":").append(JsonValue.write(words.details()));
    }
    return Payload.of(json.append("}}").toString());
  }
}
