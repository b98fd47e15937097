package dev.turnpike.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The MCP server at the end of the road, in a process of its own: one tool that answers any
 * arguments with 1 KiB of text. {@code /mcp} speaks 2026-07-28, {@code /legacy} speaks 2025-11-25
 * with sessions, which it hands out and does not check; {@code /asking} does the same, and asks for
 * a form before it answers; {@code /many/<n>} speaks 2026-07-28 and has n tools. What {@code
 * tools/call} takes is prepared.
 */
final class McpOrigin extends AbstractVerticle {
  /** Bytes of text in each answer, and in the arguments of each call. */
  static final int TEXT_BYTES = 1024;

  private static final String MANY = "/many/";
  private static final Map<Integer, byte[]> LISTS = new ConcurrentHashMap<>();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "a".repeat(TEXT_BYTES);
  private static final String CONTENT =
      "\"content\":[{\"type\":\"text\",\"text\":\"" + TEXT + "\"}]";
  private static final String SERVER = "{\"name\":\"origin\",\"version\":\"1\"}";
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/serverInfo\":" + SERVER + "}";
  private static final String TOOLS =
      "\"tools\":[{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\","
          + "\"properties\":{\"text\":{\"type\":\"string\"}}}}]";
  private static final String CACHING = "\"ttlMs\":60000,\"cacheScope\":\"public\"";

  private static final byte[] FRONT = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] MODERN_BACK =
      ascii(",\"result\":{\"resultType\":\"complete\"," + CONTENT + "," + META + "}}");
  private static final byte[] LEGACY_BACK = ascii(",\"result\":{" + CONTENT + "}}");

  public static void main(String[] args) {
    Served.run(McpOrigin::new, 2);
  }

  @Override
  public void start(Promise<Void> started) {
    Served.listen(vertx, McpOrigin::serve, started);
  }

  static void serve(HttpServerRequest in) {
    boolean modern = "/mcp".equals(in.path()) || path(in).startsWith(MANY);
    if (in.method() == HttpMethod.DELETE && !modern) {
      in.response().setStatusCode(204).end();
    } else if (in.method() == HttpMethod.GET && !modern) {
      // a stream that says nothing, until whoever opened it leaves
      in.response().setChunked(true).putHeader("Content-Type", "text/event-stream").write(":\n\n");
    } else if (in.method() != HttpMethod.POST) {
      in.response().setStatusCode(405).end();
    } else {
      boolean asks = "/asking".equals(in.path());
      in.body()
          .onSuccess(body -> {
            if (asks && body.toString(StandardCharsets.ISO_8859_1).contains("\"tools/call\"")) {
              ask(in);
            } else if (path(in).startsWith(MANY)
                && body.toString(StandardCharsets.ISO_8859_1).contains("\"tools/list\"")) {
              end(in, list(body, Integer.parseInt(path(in).substring(MANY.length()))));
            } else {
              answer(in, body, modern);
            }
          });
    }
  }

  // the stream stays open, as long as whoever reads it wants
  private static void ask(HttpServerRequest in) {
    in.response()
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .write(
            "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"elicitation/create\",\"params\":{\"message\":"
                + "\"Who?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"name\":"
                + "{\"type\":\"string\"}}}}}\n\n");
  }

  static void answer(HttpServerRequest in, Buffer body, boolean modern) {
    String text = body.toString(StandardCharsets.ISO_8859_1);
    int id = text.indexOf("\"id\":");
    if (id >= 0 && text.contains("\"method\":\"tools/call\"")) {
      int end = id + 5;
      while (text.charAt(end) != ',' && text.charAt(end) != '}') {
        end++;
      }
      byte[] back = modern ? MODERN_BACK : LEGACY_BACK;
      end(in, Buffer.buffer(FRONT).appendString(text.substring(id + 5, end)).appendBytes(back));
    } else {
      converse(in, body, modern);
    }
  }

  /** The answer to a call, with this text. */
  static String result(String call, String text, boolean modern) {
    int id = call.indexOf("\"id\":") + 5;
    int end = id;
    while (call.charAt(end) != ',' && call.charAt(end) != '}') {
      end++;
    }
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + call.substring(id, end)
        + ",\"result\":{"
        + (modern ? "\"resultType\":\"complete\"," : "")
        + "\"content\":[{\"type\":\"text\",\"text\":\""
        + text
        + "\"}]}}";
  }

  private static String path(HttpServerRequest in) {
    String path = in.path();
    return path == null ? "" : path;
  }

  // written once: whoever asks for it gets a static answer
  private static Buffer list(Buffer body, int tools) {
    String text = body.toString(StandardCharsets.ISO_8859_1);
    int id = text.indexOf("\"id\":") + 5;
    int end = id;
    while (text.charAt(end) != ',' && text.charAt(end) != '}') {
      end++;
    }
    byte[] back = LISTS.computeIfAbsent(tools, McpOrigin::written);
    return Buffer.buffer(back.length + 64)
        .appendBytes(FRONT)
        .appendString(text.substring(id, end))
        .appendBytes(back);
  }

  private static byte[] written(int tools) {
    String all =
        IntStream.range(0, tools)
            .mapToObj(i ->
                "{\"name\":\"t%d\",\"description\":\"%s\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}}"
                    .formatted(i, "d".repeat(120)))
            .collect(Collectors.joining(","));
    return ascii(
        ",\"result\":{\"resultType\":\"complete\",\"tools\":[%s],%s,%s}}"
            .formatted(all, META, CACHING));
  }

  private static void converse(HttpServerRequest in, Buffer body, boolean modern) {
    JsonNode message;
    try {
      message = JSON.readTree(body.getBytes());
    } catch (IOException malformed) {
      in.response().setStatusCode(400).end();
      return;
    }
    if (!message.has("id")) {
      in.response().setStatusCode(202).end();
      return;
    }
    String method = message.path("method").asText();
    if (method.equals("initialize")) {
      in.response().putHeader("Mcp-Session-Id", UUID.randomUUID().toString());
    }
    String members = modern ? modernResult(method) : legacyResult(method);
    String outcome =
        members.isEmpty()
            ? "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}"
            : "\"result\":{" + members + "}";
    if (members.isEmpty() && modern) {
      in.response().setStatusCode(404);
    }
    end(in, Buffer.buffer(FRONT).appendString(message.get("id").toString() + "," + outcome + "}"));
  }

  private static String modernResult(String method) {
    String about = "\"resultType\":\"complete\"," + META + "," + CACHING;
    return switch (method) {
      case "server/discover" ->
          "\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}," + about;
      case "tools/list" -> TOOLS + "," + about;
      default -> "";
    };
  }

  private static String legacyResult(String method) {
    return switch (method) {
      case "initialize" ->
          "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},\"serverInfo\":"
              + SERVER;
      case "tools/list" -> TOOLS;
      case "ping" -> "\"_meta\":{}";
      default -> "";
    };
  }

  private static void end(HttpServerRequest in, Buffer body) {
    in.response().putHeader("Content-Type", "application/json").end(body);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
