package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a modern request, made from its body (Streamable HTTP, 2026-07-28). */
public final class ToUpstream {
  private ToUpstream() {}

  /**
   * The fields of this request.
   *
   * @param mirrored which arguments of the tool are mirrored in fields
   */
  public static List<Field> fields(
      Asked asked, Method method, Optional<Payload> arguments, List<HeaderParam> mirrored) {
    List<Field> fields = standing(method.name());
    HeaderCheck.mirroredName(asked, method.name()).ifPresent(name -> fields.add(name(name)));
    if (!mirrored.isEmpty()) {
      Object values = arguments.<Object>map(JsonValue::read).orElse(JsonValue.NULL);
      for (HeaderParam param : mirrored) {
        param
            .in(values)
            .ifPresent(v -> fields.add(new Field(param.field(), HeaderCheck.written(v))));
      }
    }
    return fields;
  }

  /** The field that says what the request names. */
  public static Field name(String named) {
    return new Field(Words.HEADER_NAME, HeaderText.encode(named));
  }

  /** The fields of a request that names nothing. */
  public static List<Field> standing(String method) {
    List<Field> fields = new ArrayList<>(8);
    fields.add(new Field("content-type", Words.JSON));
    fields.add(new Field("accept", Words.JSON_OR_EVENTS));
    fields.add(new Field(Words.HEADER_VERSION, Revisions.MODERN));
    fields.add(new Field(Words.HEADER_METHOD, method));
    return fields;
  }
}
