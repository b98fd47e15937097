package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.turnpike.rpc.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request as bytes, right or wrong. Immutable. */
public record RawRequest(String method, String path, Fields fields, Payload body, boolean framed) {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  /** A POST of JSON with the fields that every MCP client sends. */
  public static RawRequest post(String endpoint, Payload body) {
    return new RawRequest(
        "POST",
        "/mcp/" + endpoint,
        new Fields(
            List.of(
                "Host: localhost",
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream")),
        body,
        true);
  }

  public static RawRequest post(String endpoint, String json) {
    return post(endpoint, Payload.of(json));
  }

  /** A modern request; {@code params} are members, without braces, and may be empty. */
  public static RawRequest modern(String endpoint, String id, String method, String params) {
    return post(endpoint, modernBody(id, method, params))
        .with("MCP-Protocol-Version", "2026-07-28")
        .with("Mcp-Method", method);
  }

  /** A modern {@code tools/call} with the name mirrored, as it must be. */
  public static RawRequest call(String endpoint, String id, String tool, String arguments) {
    return modern(
            endpoint, id, "tools/call", "\"name\":\"" + tool + "\",\"arguments\":" + arguments)
        .with("Mcp-Name", tool);
  }

  /** The body of a modern request. */
  public static String modernBody(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":{"
        + (params.isEmpty() ? "" : params + ",")
        + META
        + "}}";
  }

  /** Asks for a legacy session; {@code capabilities} is an object. */
  public static RawRequest initialize(String endpoint, String revision, String capabilities) {
    return post(
        endpoint,
        legacyBody(
            "0",
            "initialize",
            "{\"protocolVersion\":\""
                + revision
                + "\",\"capabilities\":"
                + capabilities
                + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"));
  }

  /** A message within a legacy session. */
  public static RawRequest legacy(String endpoint, String session, String body) {
    return post(endpoint, body).with("Mcp-Session-Id", session);
  }

  /** A legacy request as JSON; {@code params} is an object. */
  public static String legacyBody(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  /** A GET of a legacy session's stream. */
  public static RawRequest get(String endpoint, String session) {
    return new RawRequest(
        "GET",
        "/mcp/" + endpoint,
        new Fields(
            List.of("Host: localhost", "Accept: text/event-stream", "Mcp-Session-Id: " + session)),
        Payload.EMPTY,
        true);
  }

  public RawRequest with(String name, String value) {
    List<String> more = new ArrayList<>(fields.lines());
    more.add(name + ": " + value);
    return new RawRequest(method, path, new Fields(more), body, framed);
  }

  public RawRequest without(String name) {
    List<String> fewer = new ArrayList<>(fields.lines());
    fewer.removeIf(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name));
    return new RawRequest(method, path, new Fields(fewer), body, framed);
  }

  public RawRequest replaced(String name, String value) {
    return without(name).with(name, value);
  }

  public RawRequest method(String other) {
    return new RawRequest(other, path, fields, body, framed);
  }

  public RawRequest path(String other) {
    return new RawRequest(method, other, fields, body, framed);
  }

  public RawRequest body(Payload other) {
    return new RawRequest(method, path, fields, other, framed);
  }

  public RawRequest body(String other) {
    return body(Payload.of(other));
  }

  /** With no field that says how long the body is, and no body after the head. */
  public RawRequest headOnly() {
    return new RawRequest(method, path, fields, Payload.EMPTY, false);
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    fields.lines().forEach(line -> head.append(line).append("\r\n"));
    if (framed && (body.size() > 0 || !method.equals("GET"))) {
      head.append("Content-Length: ").append(body.size()).append("\r\n");
    }
    out.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    out.writeBytes(body.copy());
    return out.toByteArray();
  }
}
