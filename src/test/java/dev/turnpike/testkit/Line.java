package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link FakeUpstream}'s side of one connection: writes whatever the script wants. */
public final class Line {
  private static final long PATIENCE_SECONDS = 20;

  private final Socket socket;
  private final OutputStream out;
  private final CountDownLatch closed;
  private final String id;

  Line(Socket socket, CountDownLatch closed, String id) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.closed = closed;
    this.id = id;
  }

  public void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** {@code $id} stands for the id of the request, as it was written. */
  public void raw(String text) throws IOException {
    raw(text.replace("$id", id).getBytes(UTF_8));
  }

  /** A head, its fields one a line and each with its own end of line. */
  public void head(int status, String fields) throws IOException {
    raw("HTTP/1.1 " + status + " Scripted\r\n" + fields + "\r\n");
  }

  /** A whole answer with its length. */
  public void whole(int status, String type, String body, String fields) throws IOException {
    byte[] bytes = body.replace("$id", id).getBytes(UTF_8);
    head(
        status,
        (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
            + "Content-Length: "
            + bytes.length
            + "\r\n"
            + fields);
    raw(bytes);
  }

  public void json(String body) throws IOException {
    whole(200, "application/json", body, "");
  }

  /** The head of a chunked answer of that type. */
  public void begin(String type) throws IOException {
    head(200, "Content-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n");
  }

  public void chunk(byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  public void chunk(String text) throws IOException {
    chunk(text.replace("$id", id).getBytes(UTF_8));
  }

  public void events() throws IOException {
    begin("text/event-stream");
  }

  /** One event; without an id where it is empty. */
  public void event(String eventId, String data) throws IOException {
    chunk(SseWriter.event(eventId, Payload.of(data.replace("$id", id))));
  }

  public void event(String data) throws IOException {
    event("", data);
  }

  /** The last chunk. */
  public void end() throws IOException {
    raw("0\r\n\r\n");
  }

  /** Says nothing more until the peer has closed the connection. */
  public void hang() throws InterruptedException {
    if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody closed the connection");
    }
  }

  /** Waits for the test. */
  public void await(CountDownLatch gate) throws InterruptedException {
    if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the test did not go on");
    }
  }

  /** Closes in good order. */
  public void close() throws IOException {
    socket.close();
  }

  /** Closes with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
