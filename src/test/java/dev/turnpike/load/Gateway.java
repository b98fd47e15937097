package dev.turnpike.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Turnpike as it is packaged, with a {@code turnpike.yaml} that puts everything on the road: a rule
 * with a condition, which reads the arguments, a budget that is never used up, the ledger, the
 * access log.
 */
final class Gateway {
  private static final String SETUP =
      """
      upstreams:
        modern:
          mcp:
            url: http://127.0.0.1:%1$d/mcp
            revision: modern
            timeout: 30s
        legacy:
          mcp:
            url: http://127.0.0.1:%1$d/legacy
            revision: legacy
            timeout: 30s
            idle-timeout: 10m
            concurrency: 10000
        asking:
          mcp:
            url: http://127.0.0.1:%1$d/asking
            revision: legacy
            timeout: 30s
            idle-timeout: 10m
            concurrency: 10000
      endpoints:
        load:
          mcp: { upstreams: [modern] }
          anonymous: true
        load-legacy:
          mcp: { upstreams: [legacy] }
          anonymous: true
        load-asking:
          mcp: { upstreams: [asking] }
          anonymous: true
      rules:
        - name: short-texts
          allow: { endpoints: ["load*"], tools: ["echo"] }
          when: 'call.target == "echo" && args.text != ""'
      budgets:
        - name: never-used-up
          per: call.endpoint
          limit: 1000000000000
          unit: calls
          window: 1h
      """;

  private Gateway() {}

  /** Starts it in front of the origin, and waits until it is ready. */
  static Child.Listening start(Plan plan, String name, Path application, int originPort)
      throws IOException, InterruptedException {
    return start(
        plan,
        name,
        application,
        setup(originPort),
        List.of("-Dturnpike.limits.streams-per-caller=10000"));
  }

  /** A {@code turnpike.yaml} in front of the origin. */
  static String setup(int originPort) {
    return SETUP.formatted(originPort);
  }

  /** The same, with a {@code turnpike.yaml} and settings of one's own. */
  static Child.Listening start(
      Plan plan, String name, Path application, String yaml, List<String> settings)
      throws IOException, InterruptedException {
    Path setup = plan.output().resolve(name + ".yaml").toAbsolutePath();
    Files.writeString(setup, yaml);
    int port = freePort();
    int managementPort = freePort();
    List<String> arguments = new ArrayList<>();
    if (plan.jfr()) {
      Path recording = plan.output().resolve(name + ".jfr").toAbsolutePath();
      arguments.add(
          "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + recording);
    }
    arguments.addAll(settings);
    arguments.add("-Dturnpike.config=" + setup);
    Child child = run(plan, name, application, port, managementPort, arguments);
    awaitReady(child, managementPort);
    return new Child.Listening(child, port);
  }

  /** Starts a packaged application on these ports, and waits for nothing. */
  static Child run(
      Plan plan, String name, Path jar, int port, int managementPort, List<String> settings)
      throws IOException {
    List<String> arguments = new ArrayList<>(settings);
    arguments.addAll(
        List.of(
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + managementPort,
            "-Dquarkus.shutdown.delay=0S",
            "-jar",
            jar.toString()));
    return Child.java(
        plan,
        name,
        arguments,
        ProcessBuilder.Redirect.to(plan.output().resolve(name + ".out").toFile()));
  }

  /** Opens legacy sessions and returns a call in each. */
  static List<ToolCall> legacyCalls(int port, String path, int sessions)
      throws IOException, InterruptedException {
    return legacySessions(port, path, sessions).stream()
        .map(id -> ToolCall.legacy(path, port, id))
        .toList();
  }

  /** Opens legacy sessions and returns their ids. */
  static List<String> legacySessions(int port, String path, int sessions)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI endpoint = URI.create("http://127.0.0.1:" + port + path);
      for (int session = 0; session < sessions; session++) {
        HttpResponse<String> opened =
            client.send(
                post(endpoint)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            """
                            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{\
                            "protocolVersion":"2025-11-25","capabilities":{},\
                            "clientInfo":{"name":"load","version":"1"}}}\
                            """))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        String id =
            opened
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow(() -> new IOException("no session: " + opened.body()));
        client.send(
            post(endpoint)
                .header("Mcp-Session-Id", id)
                .header("MCP-Protocol-Version", "2025-11-25")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .build(),
            HttpResponse.BodyHandlers.discarding());
        ids.add(id);
      }
    }
    return ids;
  }

  private static HttpRequest.Builder post(URI endpoint) {
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .timeout(Duration.ofSeconds(10));
  }

  private static void awaitReady(Child child, int managementPort)
      throws IOException, InterruptedException {
    URI ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
    HttpRequest question =
        HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).GET().build();
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (child.isAlive() && System.nanoTime() - giveUp < 0) {
        try {
          if (client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // asked again below
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    child.close();
    throw new IOException("Turnpike did not become ready; see turnpike.out and turnpike.log");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
