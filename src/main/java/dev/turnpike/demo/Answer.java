package dev.turnpike.demo;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * The way back to one client: one JSON message, or an event stream that ends with one. What is said
 * after the client has gone is lost. Used on the event loop of its connection only.
 */
final class Answer {
  private final HttpServerResponse response;
  private boolean streaming;

  Answer(HttpServerResponse response) {
    this.response = response;
  }

  Answer header(String name, String value) {
    response.putHeader(name, value);
    return this;
  }

  void empty(int status) {
    response.setStatusCode(status).end();
  }

  void json(int status, JsonObject body) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  /** Begins an event stream. The comment makes the head go out at once. */
  void open() {
    streaming = true;
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .write(": open\n\n");
  }

  void event(JsonObject message) {
    if (!gone()) {
      response.write("event: message\ndata: " + message.encode() + "\n\n");
    }
  }

  /** The last message: on the stream where one was begun, as JSON with status 200 otherwise. */
  void last(JsonObject message) {
    if (gone()) {
      return;
    }
    if (streaming) {
      event(message);
      response.end();
    } else {
      json(200, message);
    }
  }

  /** Ends without another message. */
  void end() {
    if (!gone()) {
      response.end();
    }
  }

  boolean gone() {
    return response.closed() || response.ended();
  }

  /** Runs when the client goes away, and also after a good end. */
  void onGone(Runnable action) {
    response.endHandler(end -> action.run());
    response.closeHandler(end -> action.run());
  }
}
