package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** A caller on a bare socket. What does not come within 10 s fails. For one thread. */
public final class RawCaller implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  /** One event of a stream; what it does not say is empty. */
  public record Event(String id, String data, String retry) {}

  private final Socket socket;
  private final HttpInput in;
  private boolean headOnly;
  private int status;
  private Fields fields = new Fields(List.of());

  private RawCaller(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new HttpInput(socket.getInputStream());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private RawCaller(int port, int receiveBuffer) {
    this(connected(port, receiveBuffer));
  }

  private static Socket connected(int port, int receiveBuffer) {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      return socket;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static RawCaller to(Road road) {
    return new RawCaller(road.port(), 0);
  }

  /** One that takes little off the wire before it reads. */
  public static RawCaller slowly(Road road) {
    return new RawCaller(road.port(), 4096);
  }

  /** Over a connection that is there already, such as one with TLS. */
  public static RawCaller over(Socket socket) {
    return new RawCaller(socket);
  }

  /** Another server than a road. */
  public static RawCaller to(int port) {
    return new RawCaller(port, 0);
  }

  /** Asks on a connection of its own, and returns the whole answer. */
  public static RawAnswer ask(Road road, RawRequest request) {
    try (RawCaller caller = to(road)) {
      return caller.send(request).answer();
    }
  }

  /** Opens a legacy session and returns its id. */
  public static String session(Road road, String endpoint, String revision) {
    RawAnswer answer = ask(road, RawRequest.initialize(endpoint, revision, "{}"));
    if (answer.status() != 200 || !answer.fields().has("mcp-session-id")) {
      throw new AssertionError("no session: " + answer + " " + answer.text());
    }
    return answer.fields().first("mcp-session-id");
  }

  public RawCaller send(RawRequest request) {
    headOnly = request.method().equals("HEAD");
    return send(request.bytes());
  }

  public RawCaller send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public RawCaller send(String text) {
    return send(text.getBytes(UTF_8));
  }

  /** Reads the head of the answer. */
  public RawCaller head() {
    try {
      List<String> lines = in.head();
      status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
      fields = new Fields(lines.subList(1, lines.size()));
      if (status == 100) {
        return head();
      }
      if (headOnly || status == 204 || status == 304) {
        in.noBody();
      } else {
        in.body(fields, true);
      }
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int status() {
    return status;
  }

  public Fields fields() {
    return fields;
  }

  /** Reads the head and the body to its end. */
  public RawAnswer answer() {
    head();
    return rest();
  }

  /** Reads the body to its end. */
  public RawAnswer rest() {
    try {
      return new RawAnswer(status, fields, Payload.of(in.rest()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The data of the next event that has some; fails where the stream ends first. */
  public String data() {
    return event().data();
  }

  /** The next event that has data. */
  public Event event() {
    Event next = anyEvent();
    while (next.data().isEmpty()) {
      next = anyEvent();
    }
    return next;
  }

  /** The next event, with data or without; comments are skipped. */
  public Event anyEvent() {
    String id = "";
    String retry = "";
    StringBuilder data = new StringBuilder();
    boolean some = false;
    for (String line = line(); ; line = line()) {
      if (line.isEmpty()) {
        if (some) {
          return new Event(id, data.toString(), retry);
        }
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
        some = true;
      } else if (line.startsWith("retry: ")) {
        retry = line.substring(7);
        some = true;
      } else if (line.startsWith("data:")) {
        String value = line.substring(5);
        data.append(data.isEmpty() ? "" : "\n")
            .append(value.startsWith(" ") ? value.substring(1) : value);
        some = true;
      }
    }
  }

  /** The next line that is not empty, such as a comment. */
  public String comment() {
    String line = line();
    while (line.isEmpty()) {
      line = line();
    }
    return line;
  }

  /** Reads to the end of the stream, which must come in good order. */
  public void end() {
    String left = rest().text().replace(": \n\n", "");
    if (!left.isBlank()) {
      throw new AssertionError("more came: " + left);
    }
  }

  /** Whether the connection ends without the answer being whole; reads what is left. */
  public boolean cutOff() {
    try {
      in.rest();
      return false;
    } catch (SocketTimeoutException standsOpen) {
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  /**
   * Whether the connection is closed in good order behind a whole answer, and nothing more said.
   */
  public boolean closedBehind() {
    try {
      in.rest();
      in.head();
      return false;
    } catch (HttpInput.Closed closed) {
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  private String line() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new AssertionError("the stream ended");
        }
        line.write(b);
      }
      return line.toString(UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Leaves, whatever is under way. */
  public void hangUp() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
