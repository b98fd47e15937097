package dev.turnpike.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection of the generator, with at most one call in flight. Calls are started and ended by
 * one thread at a time; {@link #intendedNanos} is the one member that crosses threads.
 */
final class Wire {
  /** An answer is good when it is 200 and carries at least the text that the tool answers with. */
  private static final int LEAST_BODY_BYTES = McpOrigin.TEXT_BYTES;

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final int idAt;
  private final ByteBuffer in;
  private final ByteBuffer staging = ByteBuffer.allocateDirect(64 * 1024);
  private final Answer answer = new Answer();
  private int id;

  /** When the call in flight should have been sent; written before it is. */
  volatile long intendedNanos;

  Wire(int port, Selector selector, ToolCall call, int firstId) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    in = ByteBuffer.allocate(call.answerBytes());
    channel.register(selector, SelectionKey.OP_READ, this);
    byte[] bytes = call.bytes();
    request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    idAt = call.idAt();
    id = firstId;
  }

  /** Sends the next call. */
  void send(long intended) throws IOException {
    intendedNanos = intended;
    id++;
    for (int digit = ToolCall.ID_DIGITS - 1, rest = id; digit >= 0; digit--, rest /= 10) {
      request.put(idAt + digit, (byte) ('0' + rest % 10));
    }
    request.rewind();
    // a request is smaller than any socket buffer, and nothing else is under way: one pass is usual
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /** Reads what is there. True when the answer to the call in flight has become whole. */
  boolean receive() throws IOException {
    staging.clear();
    if (channel.read(staging) < 0) {
      throw new EOFException("the connection was closed in the middle of a call");
    }
    in.put(staging.flip());
    return answer.whole(in.array(), in.position()) >= 0;
  }

  /** Whether the whole answer is a good one. Makes ready for the next call. */
  boolean finish() {
    boolean good =
        Answer.status(in.array()) == 200 && answer.bodyBytes() >= LEAST_BODY_BYTES && idMatches();
    if (!good) {
      lastBad = new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
    }
    answer.clear();
    in.clear();
    return good;
  }

  /** The last answer that was not a good one, for the report. */
  private String lastBad = "";

  String lastBad() {
    return lastBad;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // nothing is left to close
    }
  }

  /** The id stands near the front in every answer that we know; it is looked for nowhere else. */
  private boolean idMatches() {
    byte[] bytes = in.array();
    int last = Math.min(in.position(), answer.bodyStart() + 96) - ToolCall.ID_DIGITS;
    for (int at = answer.bodyStart(); at <= last; at++) {
      if (matchesAt(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesAt(byte[] bytes, int at) {
    for (int digit = 0; digit < ToolCall.ID_DIGITS; digit++) {
      if (bytes[at + digit] != request.get(idAt + digit)) {
        return false;
      }
    }
    return true;
  }
}
