package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request that a {@link FakeUpstream} got.
 *
 * @param connection which of the upstream's connections it came on, counted from 0
 * @param closed open until the peer closed the connection, or the upstream was stopped
 */
public record Seen(
    String method,
    String path,
    Fields fields,
    Payload body,
    int connection,
    CountDownLatch closed) {
  // outermost comes first in everything that tests send
  private static final Pattern RPC_METHOD = Pattern.compile("\"method\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern RPC_ID =
      Pattern.compile("\"id\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+)");

  public String text() {
    return new String(body.copy(), UTF_8);
  }

  /** The JSON-RPC method, or the HTTP method where there is no body. */
  public String rpcMethod() {
    Matcher found = RPC_METHOD.matcher(text());
    return body.size() == 0 ? method : found.find() ? found.group(1) : "";
  }

  /** The id as it was written; empty where there is none. */
  public String id() {
    Matcher found = RPC_ID.matcher(text());
    return found.find() ? found.group(1) : "";
  }

  /** Whether the peer has closed the connection that it came on. */
  public boolean hungUp() {
    return closed.getCount() == 0;
  }

  /** Whether Turnpike asked it for itself: to learn the era, or what tools there are. */
  public boolean ofTurnpike() {
    return id().equals("\"turnpike\"");
  }
}
