package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.rpc.Payload;

/** A whole answer, its chunks joined. */
public record RawAnswer(int status, Fields fields, Payload body) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  public String text() {
    return new String(body.copy(), UTF_8);
  }

  /** The body as JSON, by another parser than ours. */
  public JsonNode json() {
    return json(text());
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new AssertionError("no JSON: " + text, broken);
    }
  }

  /** The JSON-RPC error code; 0 where there is none. */
  public int code() {
    return body.size() == 0 ? 0 : json().path("error").path("code").asInt();
  }
}
