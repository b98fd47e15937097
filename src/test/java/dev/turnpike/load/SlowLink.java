package dev.turnpike.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A link to a server that is far away: every byte comes later by the same time, in its order. */
final class SlowLink implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private record Late(byte[] bytes, long dueNanos) {}

  private final ServerSocket listening;
  private final int target;
  private final long lateNanos;

  private SlowLink(ServerSocket listening, int target, long lateNanos) {
    this.listening = listening;
    this.target = target;
    this.lateNanos = lateNanos;
  }

  /**
   * Opens one on loopback.
   *
   * @param roundTrip how much later an answer comes
   */
  static SlowLink to(int port, Duration roundTrip) throws IOException {
    SlowLink link =
        new SlowLink(
            new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
            port,
            roundTrip.toNanos() / 2);
    Thread.ofVirtual().start(link::accept);
    return link;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket near = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        carry(near, far);
        carry(far, near);
      }
    } catch (IOException closed) {
      // nobody comes any more
    }
  }

  private void carry(Socket from, Socket to) {
    LinkedBlockingQueue<Late> way = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(() -> {
          byte[] chunk = new byte[CHUNK];
          try {
            for (int n = from.getInputStream().read(chunk);
                n >= 0;
                n = from.getInputStream().read(chunk)) {
              way.add(new Late(Arrays.copyOf(chunk, n), System.nanoTime() + lateNanos));
            }
          } catch (IOException gone) {
            // told to the other side below
          }
          way.add(new Late(new byte[0], System.nanoTime()));
        });
    Thread.ofVirtual()
        .start(() -> {
          try (from;
              to) {
            for (Late next = way.take(); next.bytes().length > 0; next = way.take()) {
              LockSupport.parkNanos(next.dueNanos() - System.nanoTime());
              to.getOutputStream().write(next.bytes());
            }
          } catch (IOException gone) {
            // the other side sees it
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
