package dev.turnpike.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.Finished;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The suite's scenarios for clients, where they concern what a proxy says to a server: the suite is
 * the server, a client of either era stands before Turnpike, and what the server saw is judged.
 */
@NeedsPeers
class UpstreamSideTest {
  private static final String CLI = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  // its server asks on the stream of the session and not on that of the call, which nobody can be
  // asked for in the modern era (such a request belongs to no call)
  private static final String OUTSIDE_OF_A_CALL = "elicitation-sep1034-client-defaults";

  @TempDir Path output;
  private volatile String pin = "";
  private final Queue<Road> roads = new ConcurrentLinkedQueue<>();
  private final HttpServer control = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @BeforeEach
  void serve() {
    control.createContext("/", this::open);
    control.start();
  }

  // opens an endpoint before the server that the query names
  private void open(HttpExchange exchange) throws IOException {
    String url = URLDecoder.decode(exchange.getRequestURI().getRawQuery().substring(4), UTF_8);
    // found out by asking, a server that wants every request to be of its revision would be asked
    // in the other one, too
    String pinned = pin.isEmpty() ? url + "\"" : url + "\", revision: \"" + pin + "\"";
    Road road = Road.serving(Road.open("peer", url).replace(url + "\"", pinned));
    roads.add(road);
    byte[] answer = road.url("peer").getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @AfterEach
  void close() {
    control.stop(0);
    roads.forEach(Road::close);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-25, initialize",
    "2025-11-25, tools_call",
    "2025-11-25, elicitation-sep1034-client-defaults",
    "2025-11-25, sse-retry",
    "2026-07-28, tools_call",
    "2026-07-28, request-metadata",
    "2026-07-28, sep-2322-client-request-state",
    "2026-07-28, http-standard-headers",
    "2026-07-28, http-custom-headers",
    "2026-07-28, http-invalid-tool-headers",
    "2026-07-28, json-schema-ref-no-deref",
  })
  void satisfiesTheServer(String revision, String scenario) throws IOException {
    pin = revision.equals("2026-07-28") ? revision : "";
    passes(revision, scenario, "legacy");
    if (!OUTSIDE_OF_A_CALL.equals(scenario)) {
      passes(revision, scenario, "modern");
    }
  }

  private void passes(String revision, String scenario, String caller) throws IOException {
    Path folder = Files.createTempDirectory(output, caller);
    NodeRuntime node = NodeRuntime.here();
    Finished run =
        node.run(
            LIMIT,
            CLI,
            List.of(
                "client",
                "--command",
                node.command("driver.mjs")
                    + " http://127.0.0.1:"
                    + control.getAddress().getPort()
                    + "/ "
                    + caller,
                "--scenario",
                scenario,
                "--spec-version",
                revision,
                "--timeout",
                "30000",
                "-o",
                folder.toString()));
    Map<String, List<Check>> verdicts = Check.readAll(folder);
    assertThat(verdicts).as(run::toString).isNotEmpty();
    List<Check> checks = verdicts.values().stream().flatMap(List::stream).toList();
    // skipped is what the revision does not have, such as the header fields of initialize
    assertThat(
            checks.stream()
                .filter(check -> !check.passes() && !check.status().equals("SKIPPED"))
                .toList())
        .as(() -> scenario + " by a caller of the " + caller + " era: " + run)
        .isEmpty();
  }
}
