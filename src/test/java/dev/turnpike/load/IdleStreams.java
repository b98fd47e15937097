package dev.turnpike.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Legacy sessions that do nothing, each with a stream of its own open. */
final class IdleStreams implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();

  private IdleStreams() {}

  static IdleStreams open(int port, List<String> sessions) throws IOException {
    IdleStreams streams = new IdleStreams();
    try {
      for (String session : sessions) {
        streams.sockets.add(stream(port, session));
      }
      return streams;
    } catch (IOException failed) {
      streams.close();
      throw failed;
    }
  }

  private static Socket stream(int port, String session) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    String head =
        """
        GET /mcp/load-legacy HTTP/1.1
        Host: 127.0.0.1:%d
        Accept: text/event-stream
        MCP-Protocol-Version: 2025-11-25
        Mcp-Session-Id: %s

        """
            .formatted(port, session)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    byte[] status = new byte[12];
    InputStream in = socket.getInputStream();
    int read = in.readNBytes(status, 0, status.length);
    String said = new String(status, 0, read, StandardCharsets.US_ASCII);
    if (!said.equals("HTTP/1.1 200")) {
      socket.close();
      throw new IOException("no stream: " + said);
    }
    return socket;
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        // nothing is left to close
      }
    }
  }
}
