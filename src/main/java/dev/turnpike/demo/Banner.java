package dev.turnpike.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is printed once Turnpike is up: where it is, what to try, what to paste into a client. */
public final class Banner {
  private static final String MODERN = "demo";
  private static final String LEGACY = "demo-legacy";

  private Banner() {}

  /**
   * For the demo.
   *
   * @param publicUrl base of the data port, without a slash at its end
   * @param adminUrl base of the management port, without a slash at its end
   */
  public static List<String> demo(String publicUrl, String adminUrl) {
    String modern = url(publicUrl, MODERN);
    List<String> lines = new ArrayList<>();
    lines.add("Turnpike is open, with two demo servers behind it:");
    lines.add("  " + modern + " speaks MCP " + ModernServer.REVISION);
    lines.add(
        "  "
            + url(publicUrl, LEGACY)
            + " speaks MCP "
            + String.join(" and ", LegacyServer.REVISIONS)
            + ", with sessions");
    lines.add("");
    lines.add("Call a tool:");
    curl(modern).forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.addAll(clients(publicUrl, List.of(path(MODERN), path(LEGACY))));
    lines.addAll(administration(adminUrl));
    return List.copyOf(lines);
  }

  /**
   * For a file of the user's own.
   *
   * @param file what it serves is written in
   * @param tools paths of what is served in MCP, in the order of the file
   * @param agents paths of what is served in A2A, likewise
   */
  public static List<String> own(
      String publicUrl, String adminUrl, String file, List<String> tools, List<String> agents) {
    List<String> lines = new ArrayList<>();
    lines.add("Turnpike is open, and serves what " + file + " says:");
    Stream.concat(tools.stream(), agents.stream())
        .forEach(path -> lines.add("  " + publicUrl + path));
    lines.add("");
    if (!tools.isEmpty()) {
      lines.addAll(clients(publicUrl, tools));
    }
    if (!agents.isEmpty()) {
      lines.add("For A2A clients, the cards:");
      agents.forEach(path -> lines.add("  " + publicUrl + path + "/.well-known/agent-card.json"));
    }
    lines.addAll(administration(adminUrl));
    return List.copyOf(lines);
  }

  private static String url(String publicUrl, String endpoint) {
    return publicUrl + path(endpoint);
  }

  private static String path(String endpoint) {
    return "/mcp/" + endpoint;
  }

  /** One command over several lines, for a POSIX shell. */
  private static List<String> curl(String url) {
    JsonObject meta =
        new JsonObject()
            .put(ModernChecks.META + "protocolVersion", ModernServer.REVISION)
            .put(ModernChecks.META + "clientCapabilities", new JsonObject());
    JsonObject params =
        new JsonObject()
            .put("name", "echo")
            .put("arguments", new JsonObject().put("message", "hello"))
            .put("_meta", meta);
    JsonObject body =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "tools/call")
            .put("params", params);
    return List.of(
        "curl " + url + " \\",
        "  -H 'Content-Type: application/json' \\",
        "  -H 'Accept: application/json, text/event-stream' \\",
        "  -H 'MCP-Protocol-Version: " + ModernServer.REVISION + "' \\",
        "  -H 'Mcp-Method: tools/call' \\",
        "  -H 'Mcp-Name: echo' \\",
        "  -d '" + body.encode() + "'");
  }

  /** The JSON that most MCP clients take for their list of servers. */
  private static List<String> clients(String publicUrl, List<String> paths) {
    JsonObject servers = new JsonObject();
    paths.forEach(path ->
        servers.put(
            "turnpike-" + path.substring(path.lastIndexOf('/') + 1),
            new JsonObject().put("type", "http").put("url", publicUrl + path)));
    JsonObject whole = new JsonObject().put("mcpServers", servers);
    return Stream.concat(
            Stream.of("For the settings of an MCP client:"),
            whole.encodePrettily().lines().map(line -> "  " + line))
        .toList();
  }

  private static List<String> administration(String adminUrl) {
    return List.of("", "Who used what: " + adminUrl + "/admin/usage?by=caller,target");
  }
}
