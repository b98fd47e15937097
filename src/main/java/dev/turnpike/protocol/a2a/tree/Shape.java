package dev.turnpike.protocol.a2a.tree;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/** What one message looks like. */
public final class Shape {
  private final Kind.Members message;
  private final boolean lenient;

  /**
   * @param lenient whether members that nobody knows stay where they are
   */
  Shape(Kind.Members message, boolean lenient) {
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

  /**
   * The same of a message that was put together from several places.
   *
   * @param tree as {@link JsonValue#read} gives it
   */
  public Map<String, Object> of(Map<String, Object> tree) throws Misshapen {
    return message.canonical(tree, "", lenient);
  }
}
