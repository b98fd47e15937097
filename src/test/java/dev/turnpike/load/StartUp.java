package dev.turnpike.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long packaged applications take from their start to their first answer, in turns.
 *
 * @param turnpike ms to the first answer of a tool call that went all the way
 * @param bare ms to the first answer of an application with the same extensions that does nothing
 */
record StartUp(Series turnpike, Series bare) {
  private static final double BAR = 1.3;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  static StartUp of(Plan plan, int originPort) throws IOException, InterruptedException {
    Path setup = plan.output().resolve("start.yaml").toAbsolutePath();
    Files.writeString(setup, Gateway.setup(originPort));
    StartUp measured = new StartUp(new Series(), new Series());
    // the first of each has the files still to be read from the disk
    for (int round = 0; round <= plan.rounds(); round++) {
      double turnpike =
          millis(plan, plan.application(), List.of("-Dturnpike.config=" + setup), "HTTP/1.1 200");
      double bare = millis(plan, plan.bare(), List.of(), "HTTP/1.1 200");
      if (round > 0) {
        measured.turnpike.add(turnpike);
        measured.bare.add(bare);
      }
    }
    return measured;
  }

  private static double millis(Plan plan, Path jar, List<String> settings, String expected)
      throws IOException, InterruptedException {
    int port = Gateway.freePort();
    long start = System.nanoTime();
    try (Child child = Gateway.run(plan, "start", jar, port, Gateway.freePort(), settings)) {
      while (true) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.getOutputStream().write(ToolCall.modern("/mcp/load", port).bytes());
          byte[] head = socket.getInputStream().readNBytes(expected.length());
          double millis = (System.nanoTime() - start) / 1e6;
          if (!new String(head, java.nio.charset.StandardCharsets.US_ASCII).equals(expected)) {
            throw new IOException("not served by " + jar + "; see start.out");
          }
          return millis;
        } catch (ConnectException notYet) {
          if (!child.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
            throw new IOException(jar + " did not start; see start.out", notYet);
          }
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
    }
  }

  String text() {
    return """

    from the start of the process to the first answer, ms
      turnpike, a tool call            %6.0f  (%.0f to %.0f)
      bare Quarkus, same extensions    %6.0f  (%.0f to %.0f)
      of the bare one's                %6.2f  bar: at most %.2f
    """
        .formatted(
            turnpike.median(),
            turnpike.least(),
            turnpike.most(),
            bare.median(),
            bare.least(),
            bare.most(),
            turnpike.median() / bare.median(),
            BAR);
  }
}
