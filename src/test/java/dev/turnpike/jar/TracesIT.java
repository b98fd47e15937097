package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans that leave a running process, by OTLP over HTTP. */
class TracesIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir private Path folder;
  private final StringBuffer received = new StringBuffer();
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.append(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void end() {
    collector.stop(0);
  }

  private Jar start(FakeUpstream up, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
    return Jar.start(folder, Map.of("TURNPIKE_CONFIG", file.toString()), List.of(settings)).ready();
  }

  private String endpoint() {
    return "-Dquarkus.otel.exporter.otlp.endpoint=http://127.0.0.1:"
        + collector.getAddress().getPort();
  }

  private static void call(Jar jar) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      assertThat(
              caller
                  .send(
                      RawRequest.call("one", "7", "echo", "{\"text\":\"not for others\"}")
                          .replaced("Host", "localhost")
                          .with("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"))
                  .answer()
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void areSentWhereTheyAreAskedFor() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar =
            start(
                up,
                "-Dquarkus.otel.sdk.disabled=false",
                "-Dquarkus.otel.exporter.otlp.protocol=http/protobuf",
                "-Dquarkus.otel.bsp.schedule.delay=100ms",
                endpoint())) {
      call(jar);
      Eventually.holds(
          "both spans are there", () -> received.toString().split("tools/call echo").length > 2);
      String all = received.toString();
      StringBuilder trace = new StringBuilder();
      for (int at = 0; at < TRACE.length(); at += 2) {
        trace.append((char) Integer.parseInt(TRACE.substring(at, at + 2), 16));
      }
      assertThat(all)
          .contains("turnpike.estimate.output_tokens", "gen_ai.tool.name", trace)
          .doesNotContain("not for others");
      // its own requests are no spans: neither those of callers nor those to upstreams
      assertThat(all).doesNotContain("http.request.method");
    }
  }

  @Test
  void areNotSentWhereNobodyAskedForThem() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, endpoint(), "-Dquarkus.otel.bsp.schedule.delay=100ms")) {
      call(jar);
      // ten times as long as spans would wait
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
    assertThat(received).isEmpty();
  }
}
