package dev.turnpike.load;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The profile's MCP server with tools that misbehave, each as its name says. */
final class FaultyOrigin extends AbstractVerticle {
  private static final int HUGE_BYTES = 1024 * 1024;

  public static void main(String[] args) {
    Served.run(FaultyOrigin::new, 2);
  }

  @Override
  public void start(Promise<Void> started) {
    Served.listen(vertx, this::serve, started);
  }

  private void serve(HttpServerRequest in) {
    boolean modern = "/mcp".equals(in.path());
    if (in.method() == HttpMethod.POST) {
      in.body().onSuccess(body -> answer(in, body, modern));
    } else {
      McpOrigin.serve(in);
    }
  }

  private void answer(HttpServerRequest in, Buffer body, boolean modern) {
    String text = body.toString();
    int at = text.indexOf("\"name\":\"fault-");
    if (at < 0) {
      McpOrigin.answer(in, body, modern);
      return;
    }
    String fault = text.substring(at + 14, text.indexOf('"', at + 14));
    HttpServerResponse back = in.response();
    switch (fault) {
      case "hang" -> {}
      case "reset" -> in.connection().close();
      case "error" -> back.setStatusCode(500).end("out of order");
      case "truncate" -> {
        back.putHeader("Content-Type", "application/json").putHeader("Content-Length", "1000");
        back.write("{\"jsonrpc\":").onComplete(_ -> in.connection().close());
      }
      case "drip" -> {
        back.putHeader("Content-Type", "application/json").setChunked(true);
        long timer = vertx.setPeriodic(100, _ -> back.write(" "));
        back.closeHandler(_ -> vertx.cancelTimer(timer));
      }
      case "huge" ->
          back.putHeader("Content-Type", "application/json")
              .end(McpOrigin.result(text, "x".repeat(HUGE_BYTES), modern));
      case "stream" -> {
        back.putHeader("Content-Type", "text/event-stream").setChunked(true);
        for (int i = 0; i < 20; i++) {
          back.write(
              "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
                  + "\"params\":{\"level\":\"info\",\"data\":\"%d\"}}\n\n".formatted(i));
        }
        back.end("data: " + McpOrigin.result(text, "streamed", modern) + "\n\n");
      }
      default -> back.setStatusCode(400).end();
    }
  }
}
