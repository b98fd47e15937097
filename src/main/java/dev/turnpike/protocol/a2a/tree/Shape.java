package dev.turnpike.protocol.a2a.tree;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/** What one message looks like. */
public final class Shape {
  private final Kind.Message message;
  private final boolean lenient;

  /**
   * @param lenient whether members that nobody knows stay where they are
   */
  Shape(Kind.Message message, boolean lenient) {
    this.message = message;
    this.lenient = lenient;
  }

  /**
   * The message in its canonical form.
   *
   * @param json that was scanned, strictly
   */
  public Map<String, Object> read(Payload json) throws Misshapen {
    return message.canonical(JsonValue.read(json), "", lenient);
  }
}
