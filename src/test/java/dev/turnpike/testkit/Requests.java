package dev.turnpike.testkit;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests as they would come off the wire. */
public final class Requests {
  private Requests() {}

  /** A POST of JSON that takes JSON or an event stream, as MCP wants it. */
  public static Inbound post(String path, String json) {
    return post(path, json, Map.of());
  }

  /** The same with more header fields. */
  public static Inbound post(String path, String json, Map<String, String> fields) {
    TreeMap<String, String> all = new TreeMap<>(fields);
    all.putIfAbsent("content-type", "application/json");
    all.putIfAbsent("accept", "application/json, text/event-stream");
    return new Inbound("POST", path, headers(all), Payload.of(json));
  }

  /** The same request with another path. */
  public static Inbound withPath(Inbound inbound, String path) {
    return new Inbound(inbound.method(), path, inbound.headers(), inbound.body());
  }

  /** The same request with another HTTP method. */
  public static Inbound withMethod(Inbound inbound, String method) {
    return new Inbound(method, inbound.path(), inbound.headers(), inbound.body());
  }

  /** The same request with another body. */
  public static Inbound withBody(Inbound inbound, Payload body) {
    return new Inbound(inbound.method(), inbound.path(), inbound.headers(), body);
  }

  /** Header fields, one value each; names in lower case. */
  public static Headers headers(Map<String, String> fields) {
    return name -> {
      String value = fields.get(name.toLowerCase(Locale.ROOT));
      return value == null ? List.of() : List.of(value);
    };
  }
}
