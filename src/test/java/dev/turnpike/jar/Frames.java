package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/** HTTP/2 written frame by frame (RFC 9113, section 4.1), as no client library would. */
final class Frames implements AutoCloseable {
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int CANCEL = 8;

  private final Socket socket;
  private final DataInputStream in;

  /** One frame that came back. */
  record Frame(int type, int stream, byte[] payload) {
    /** The error code of a RST_STREAM or GOAWAY frame. */
    int error() {
      int at = type == GOAWAY ? 4 : 0;
      return ((payload[at] & 0xff) << 24)
          | ((payload[at + 1] & 0xff) << 16)
          | ((payload[at + 2] & 0xff) << 8)
          | (payload[at + 3] & 0xff);
    }
  }

  private Frames(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static Frames to(int port) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    Frames frames = new Frames(socket);
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frames.send(SETTINGS, 0, 0, new byte[0]);
    return frames;
  }

  /** False when the other side has closed. */
  boolean send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.write(stream >> 24);
    out.write(stream >> 16);
    out.write(stream >> 8);
    out.write(stream);
    out.write(payload);
    try {
      socket.getOutputStream().write(out.toByteArray());
      return true;
    } catch (SocketException _) {
      return false;
    }
  }

  boolean reset(int stream) throws IOException {
    return send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
  }

  /** The next frame of this type; empty-handed is an error, for the caller says what it expects. */
  Frame next(int type) throws IOException {
    while (true) {
      int length;
      try {
        length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      } catch (EOFException closed) {
        throw new AssertionError("closed before a frame of type " + type, closed);
      }
      int found = in.readUnsignedByte();
      in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      byte[] payload = in.readNBytes(length);
      if (found == type) {
        return new Frame(found, stream, payload);
      }
    }
  }

  /** A block of literal fields that nobody is to index (RFC 7541, section 6.2.2). */
  static byte[] block(Map<String, String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach((name, value) -> {
      out.write(0);
      literal(out, name);
      literal(out, value);
    });
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, String text) {
    int length = text.length();
    if (length < 127) {
      out.write(length);
    } else {
      out.write(127);
      int rest = length - 127;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(text.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
