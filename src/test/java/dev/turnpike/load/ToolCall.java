package dev.turnpike.load;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one {@code tools/call} with 1 KiB of text in its arguments, ready to be written but
 * for the digits of its id.
 */
final class ToolCall {
  /** The id is a number of this many digits, and never begins with 0. */
  static final int ID_DIGITS = 9;

  /** The first id of the first connection. */
  static final int FIRST_ID = 100_000_000;

  private static final String MODERN_META =
      """
      ,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{},\
      "io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"}}\
      """;

  private final byte[] bytes;
  private final String body;
  private final int idAt;

  private ToolCall(String path, int port, String extraHeaders, String meta) {
    body =
        """
        {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"echo","arguments":{"text":"%s"}%s}}\
        """
            .formatted(FIRST_ID, "q".repeat(McpOrigin.TEXT_BYTES), meta);
    String head =
        """
        POST %s HTTP/1.1
        Host: 127.0.0.1:%d
        Content-Type: application/json
        Accept: application/json, text/event-stream
        %s
        Content-Length: %d

        """
            .formatted(path, port, extraHeaders, body.length())
            .replace("\n", "\r\n");
    bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
    idAt = head.length() + body.indexOf(Integer.toString(FIRST_ID));
  }

  /** As revision 2026-07-28 has it. */
  static ToolCall modern(String path, int port) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: echo",
        MODERN_META);
  }

  /** The same of a caller that can be asked for a form. */
  static ToolCall able(String path, int port) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: echo",
        MODERN_META.replace(
            "clientCapabilities\":{}", "clientCapabilities\":{\"elicitation\":{}}"));
  }

  /** As revision 2025-11-25 has it, in an open session. */
  static ToolCall legacy(String path, int port, String session) {
    return new ToolCall(
        path, port, "MCP-Protocol-Version: 2025-11-25\nMcp-Session-Id: " + session, "");
  }

  String body() {
    return body;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  int idAt() {
    return idAt;
  }
}
