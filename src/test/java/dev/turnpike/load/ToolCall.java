package dev.turnpike.load;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one {@code tools/call} with 1 KiB of text in its arguments, or of another request,
 * ready to be written but for the digits of its id.
 */
final class ToolCall {
  /** The id is a number of this many digits, and never begins with 0. */
  static final int ID_DIGITS = 9;

  /** The first id of the first connection. */
  static final int FIRST_ID = 100_000_000;

  private static final int LIST_BYTES = 1024 * 1024;

  private static final String MODERN_META =
      """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientCapabilities":{},\
      "io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"}}\
      """;

  private final byte[] bytes;
  private final String body;
  private final int idAt;
  private final int answerBytes;

  private ToolCall(String path, int port, String extraHeaders, String method, String params) {
    body =
        """
        {"jsonrpc":"2.0","id":%d,"method":"%s","params":{%s}}\
        """
            .formatted(FIRST_ID, method, params);
    answerBytes = method.equals("tools/list") ? LIST_BYTES : 64 * 1024;
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

  private static String echo(String tool) {
    return "\"name\":\"%s\",\"arguments\":{\"text\":\"%s\"}"
        .formatted(tool, "q".repeat(McpOrigin.TEXT_BYTES));
  }

  /** As revision 2026-07-28 has it. */
  static ToolCall modern(String path, int port) {
    return modern(path, port, "echo");
  }

  /** The same of a tool of that name. */
  static ToolCall modern(String path, int port, String tool) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: " + tool,
        "tools/call",
        echo(tool) + "," + MODERN_META);
  }

  /** The same of a caller with a token. */
  static ToolCall known(String path, int port, String token) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: echo\n"
            + "Authorization: Bearer "
            + token,
        "tools/call",
        echo("echo") + "," + MODERN_META);
  }

  /** The first page of a list of tools, as revision 2026-07-28 has it. */
  static ToolCall list(String path, int port) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/list",
        "tools/list",
        MODERN_META);
  }

  /** The same of a caller that can be asked for a form. */
  static ToolCall able(String path, int port) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: echo",
        "tools/call",
        echo("echo")
            + ","
            + MODERN_META.replace(
                "clientCapabilities\":{}", "clientCapabilities\":{\"elicitation\":{}}"));
  }

  /** As revision 2025-11-25 has it, in an open session. */
  static ToolCall legacy(String path, int port, String session) {
    return new ToolCall(
        path,
        port,
        "MCP-Protocol-Version: 2025-11-25\nMcp-Session-Id: " + session,
        "tools/call",
        echo("echo"));
  }

  String body() {
    return body;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** How long the answer may be. */
  int answerBytes() {
    return answerBytes;
  }

  int idAt() {
    return idAt;
  }
}
