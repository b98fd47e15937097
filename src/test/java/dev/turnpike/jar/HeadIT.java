package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What comes before there is a request: each is answered or cut, and has one line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadIT {
  private Jar jar;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    jar =
        Jar.start(
                folder,
                Map.of(),
                List.of(
                    "-Dturnpike.limits.head-time=1500ms",
                    "-Dquarkus.shutdown.delay=0S",
                    "-Dquarkus.shutdown.timeout=1S"))
            .ready();
  }

  @AfterAll
  void stop() {
    jar.close();
  }

  private String answer(String sent) throws IOException {
    return answer(sent, false);
  }

  /** Everything that comes back until the connection is closed. */
  private String answer(String sent, boolean leave) throws IOException {
    try (Socket socket = new Socket("localhost", jar.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
      return leave ? "" : new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private long lines(String with) {
    try {
      return jar.said()
          .lines()
          .filter(line -> line.startsWith("time=") && line.contains(with))
          .count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void oneLine(String with) {
    Eventually.holds("a line with " + with, () -> lines(with) > 0);
    assertThat(lines(with)).isEqualTo(1);
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws IOException {
    String sent = "GET /mcp/demo HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000);
    assertThat(answer(sent + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    oneLine("refusal=malformed detail=\"The head is too large\"");
  }

  @Test
  void aHeadThatIsNoneOfHttpIsRefused() throws IOException {
    assertThat(answer("nonsense\r\n\r\n")).startsWith("HTTP/1.0 400 ");
    oneLine("detail=\"The head is not one of HTTP: answered with 400\"");
  }

  @Test
  void aHeadThatIsNotFinishedIsGivenUp() throws IOException {
    assertThat(answer("GET /mcp/demo HTTP/1.1\r\nHost: local")).startsWith("HTTP/1.1 408 ");
    oneLine("detail=\"The head did not come in time\"");
  }

  @Test
  void aConnectionThatAsksForNothingIsClosed() throws IOException {
    assertThat(answer("")).isEmpty();
  }

  @Test
  void theManagementPortIsNotWatched() throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI ready = URI.create(jar.managementUrl("/q/health/ready"));
      for (int i = 0; i < 3; i++) {
        client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding());
        Thread.sleep(1_000);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    assertThat(lines("detail=\"The head did not come in time\"")).isLessThanOrEqualTo(1);
  }

  @Test
  void whoLeavesInTheMiddleOfAHeadIsMissed() throws IOException {
    answer("GET /mcp/demo HTTP/1.1\r\nHo", true);
    oneLine("outcome=cut by=caller detail=\"left in the middle of a head\"");
  }

  @Test
  void whoResetsInTheMiddleOfAHeadIsNobodysError() throws IOException {
    try (Socket socket = new Socket("localhost", jar.port())) {
      socket.getOutputStream().write("POST /mcp/".getBytes(ISO_8859_1));
      socket.setSoLinger(true, 0);
    }
    answer("POST /mcp/demo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf", true);
    oneLine("path=/mcp/demo outcome=cut by=caller");
    assertThat(jar.said()).doesNotContain("WARN  [io", "Exception");
  }

  @Test
  void aTargetThatIsNoPathIsRefused() throws IOException {
    String answered = answer("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answered).startsWith("HTTP/1.1 404 ");
    oneLine("http_method=OPTIONS path=* ");
  }

  @Test
  void aPathThatCannotBeDecodedIsRefusedAndTheConnectionGoesOn() throws IOException {
    String answered =
        answer(
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /good HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answered.split("HTTP/1.1 404 ", -1)).hasSize(3);
    oneLine("path=/%zz ");
    oneLine("path=/good ");
  }

  @Test
  void aPreflightHasALine() throws IOException {
    String answered =
        answer(
            "OPTIONS /mcp/preflight HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
    assertThat(answered).startsWith("HTTP/1.1 204 ");
    oneLine("path=/mcp/preflight outcome=served");
  }

  @Test
  void aBodyWhoseFramingIsBrokenIsCut() throws IOException {
    answer(
        "POST /mcp/framing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n{}\r\n");
    oneLine("path=/mcp/framing ");
  }
}
