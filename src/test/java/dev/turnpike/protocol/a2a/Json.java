package dev.turnpike.protocol.a2a;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.Map;

/** JSON in rows of tests, in which {@code '} stands for the quotes. */
public final class Json {
  private Json() {}

  /** As a body that was scanned. */
  public static Payload scanned(String row) throws MalformedJson {
    return asIs(row.replace('\'', '"'));
  }

  /** The same of JSON as it is. */
  public static Payload asIs(String json) throws MalformedJson {
    Payload body = Payload.of(json);
    JsonScanner.scan(body, new Wanted(), new ScanLimits(64, 10_000), Strictness.CALLER);
    return body;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> tree(String row) throws MalformedJson {
    return (Map<String, Object>) JsonValue.read(scanned(row));
  }
}
