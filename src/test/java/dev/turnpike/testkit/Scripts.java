package dev.turnpike.testkit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Ways in which an upstream answers, and ways in which it does not. */
public final class Scripts {
  /** A tool's result with nothing in it that Turnpike would have to add. */
  public static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"served\"}]}}";

  /** A notification of progress. */
  public static String progress(int step) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
        + "{\"progressToken\":\"p\",\"progress\":"
        + step
        + "}}";
  }

  /** Answers with JSON once the gate is open. */
  public static Script gated(CountDownLatch gate, String message) {
    return (_, line) -> {
      line.await(gate);
      line.json(message);
    };
  }

  private Scripts() {}

  /** One JSON body with its length. */
  public static Script json(String body) {
    return (_, line) -> line.json(body);
  }

  /** A body of another type. */
  public static Script typed(String type, String body) {
    return (_, line) -> line.whole(200, type, body, "");
  }

  /** A status with that JSON, or without a body where it is empty. */
  public static Script status(int status, String fields, String body) {
    return (_, line) -> line.whole(status, body.isEmpty() ? "" : "application/json", body, fields);
  }

  public static Script status(int status) {
    return status(status, "", "");
  }

  /** One JSON body in chunks of so many characters. */
  public static Script chunked(String body, int size) {
    return (request, line) -> {
      String whole = body.replace("$id", request.id());
      line.begin("application/json");
      for (int at = 0; at < whole.length(); at += size) {
        line.chunk(whole.substring(at, Math.min(whole.length(), at + size)));
      }
      line.end();
    };
  }

  /** Newline-delimited messages under the type of JSON. */
  public static Script lines(String... messages) {
    return (_, line) -> {
      line.begin("application/json");
      for (String message : messages) {
        line.chunk(message + "\n");
      }
      line.end();
    };
  }

  /** An event stream that ends after these. */
  public static Script events(String... messages) {
    return events(List.of(messages));
  }

  public static Script events(List<String> messages) {
    return (_, line) -> {
      line.events();
      for (String message : messages) {
        line.event(message);
      }
      line.end();
    };
  }

  /** Takes the request and says nothing. */
  public static Script hang() {
    return (_, line) -> line.hang();
  }

  /** Begins a head and does not end it. */
  public static Script hangInHead() {
    return (_, line) -> {
      line.raw("HTTP/1.1 200 OK\r\nContent-Type: applic");
      line.hang();
    };
  }

  /** Promises a body and does not send it. */
  public static Script hangAfterHead(String type) {
    return (_, line) -> {
      line.head(200, "Content-Type: " + type + "\r\nContent-Length: 100\r\n");
      line.hang();
    };
  }

  /** Sends these events, and then says nothing. */
  public static Script hangInStream(String... messages) {
    return (_, line) -> {
      line.events();
      for (String message : messages) {
        line.event(message);
      }
      line.hang();
    };
  }

  /** Writes one byte after the other, with a pause before each. */
  public static Script drip(String bytes, long millis) {
    return (_, line) -> {
      for (int i = 0; i < bytes.length(); i++) {
        Thread.sleep(millis);
        line.raw(bytes.substring(i, i + 1));
      }
      line.hang();
    };
  }

  /** Says the same for ever, as fast as it is taken, until the peer leaves. */
  public static Script endless(String message) {
    return (_, line) -> {
      line.events();
      while (true) {
        line.event(message);
      }
    };
  }

  /** Resets the connection in the middle of its body. */
  public static Script resetInBody(String begun) {
    return (_, line) -> {
      line.head(200, "Content-Type: application/json\r\nContent-Length: 100000\r\n");
      line.raw(begun);
      line.reset();
    };
  }

  /** Takes the request and resets the connection. */
  public static Script reset() {
    return (_, line) -> line.reset();
  }

  /** Promises more than it sends, and closes. */
  public static Script truncated(String body) {
    return (_, line) -> {
      line.head(200, "Content-Type: application/json\r\nContent-Length: 100000\r\n");
      line.raw(body);
      line.close();
    };
  }

  /**
   * Ends an event stream without its last chunk, behind what it has sent: a reset may overtake it.
   */
  public static Script unendedStream(String... messages) {
    return (_, line) -> {
      line.events();
      for (String message : messages) {
        line.event(message);
      }
      line.close();
    };
  }

  /** Sends more than it promised. */
  public static Script overlong(String body) {
    return (_, line) -> {
      line.json(body);
      line.raw(body);
    };
  }

  /** Answers, and closes the connection at once, without having said so. */
  public static Script answerAndClose(String body) {
    return (_, line) -> {
      line.json(body);
      line.close();
    };
  }

  /** The first request gets the first script, and so on; the last one serves all that follow. */
  public static Script inTurn(Script... scripts) {
    AtomicInteger next = new AtomicInteger();
    return (request, line) ->
        scripts[Math.min(next.getAndIncrement(), scripts.length - 1)].play(request, line);
  }
}
