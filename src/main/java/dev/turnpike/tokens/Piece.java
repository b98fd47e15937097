package dev.turnpike.tokens;

import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;

/**
 * A text that goes into a model's context.
 *
 * @param bytes as they stand in the message
 * @param quoted whether they are a JSON string, with its quotes and escapes
 */
public record Piece(Payload bytes, boolean quoted) {
  /** The inside of a JSON string. */
  public static Piece string(Payload quotedString) {
    return new Piece(quotedString, true);
  }

  /** JSON as it stands. */
  public static Piece json(Payload value) {
    return new Piece(value, false);
  }

  ContentClass looks() {
    return quoted ? ContentClass.of(inside()) : ContentClass.JSON;
  }

  int size() {
    return quoted ? inside().size() : bytes.size();
  }

  String text() {
    return quoted ? JsonText.decode(bytes) : bytes.text();
  }

  private Payload inside() {
    return bytes.size() < 2 ? bytes : bytes.slice(1, bytes.size() - 1);
  }
}
