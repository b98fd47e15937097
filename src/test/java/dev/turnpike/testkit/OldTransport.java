package dev.turnpike.testkit;

import dev.turnpike.assembly.Settings;

/** A caller over HTTP+SSE, on bare sockets: its stream, and what it posts. */
public final class OldTransport implements AutoCloseable {
  private final Road road;
  private final RawCaller stream;
  private final String address;

  private OldTransport(Road road, RawCaller stream, String address) {
    this.road = road;
    this.stream = stream;
    this.address = address;
  }

  /** Settings of a process that serves it. */
  public static Settings on() {
    return Settings.DEFAULT.serving((_, _, _) -> true).calling((_, _) -> true);
  }

  public static OldTransport open(Road road, String endpoint) {
    RawCaller stream = RawCaller.to(road);
    stream.send(RawRequest.get(endpoint, "none").without("mcp-session-id")).head();
    if (stream.status() != 200) {
      throw new AssertionError("status " + stream.status());
    }
    return new OldTransport(road, stream, stream.data());
  }

  /** The head of the stream. */
  public Fields fields() {
    return stream.fields();
  }

  /** Where to post to. */
  public String address() {
    return address;
  }

  public RawAnswer post(String body) {
    return RawCaller.ask(road, RawRequest.post("none", body).path(address));
  }

  /** The next message of the stream. */
  public String heard() {
    return stream.data();
  }

  /** Opens the session in that revision, and returns what was answered. */
  public String initialize(String revision) {
    RawAnswer taken =
        post(
            RawRequest.legacyBody(
                "0",
                "initialize",
                "{\"protocolVersion\":\""
                    + revision
                    + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"));
    if (taken.status() != 202) {
      throw new AssertionError(taken.status() + " " + taken.text());
    }
    String answer = heard();
    post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return answer;
  }

  /** Reads to the end of the stream, which has to come. */
  public void ended() {
    stream.rest();
  }

  @Override
  public void close() {
    stream.close();
  }
}
