package dev.turnpike.component;

import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.Fields;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One road before an agent and a server of tools, shared by the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TravelWire {
  static final String FILE =
      """
      upstreams:
        travel: { a2a: { card: "%1$s/card", timeout: 2s } }
        tools: { mcp: { url: "%2$s" } }
      endpoints:
        travel: { a2a: { upstream: travel }, anonymous: true }
        shut: { a2a: { upstream: travel } }
        readers: { a2a: { upstream: travel }, anonymous: true }
        payers: { a2a: { upstream: travel }, anonymous: true }
        spent: { a2a: { upstream: travel }, anonymous: true }
        tools: { mcp: { upstreams: [tools] }, anonymous: true }
      rules:
        - { name: all, allow: { endpoints: [travel, spent, tools, shut] } }
        - { name: readers, allow: { endpoints: [readers], operations: ["Get*", ListTasks] } }
        - name: small
          allow: { endpoints: [payers], operations: [SendMessage] }
          when: 'args.amount <= 100 && call.protocol == "a2a"'
      budgets:
        - name: both
          match: { endpoints: [spent, tools] }
          limit: 2
          unit: calls
          window: day
      """;

  static final String TASK =
      "{\"id\":\"t1\",\"contextId\":\"c1\",\"status\":{\"state\":\"TASK_STATE_WORKING\"}}";
  static final String SENT = answer("{\"task\":" + TASK + "}");

  final FakeUpstream agent = FakeUpstream.modern();
  final FakeUpstream tools = FakeUpstream.modern();
  final Road road = Road.serving(FILE.formatted(base(agent), tools.url()));
  private final LoudLog log = new LoudLog();

  static String base(FakeUpstream upstream) {
    return upstream.url().substring(0, upstream.url().length() - "/mcp".length());
  }

  static String answer(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":" + result + "}";
  }

  private String card() {
    return """
    {"name":"Travel","description":"Books","version":"1","skills":[],\
    "capabilities":{"streaming":true,"pushNotifications":true},"secret":"%1$s/inner",\
    "defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],\
    "supportedInterfaces":[{"url":"%1$s/grpc","protocolBinding":"GRPC","protocolVersion":"1.0"},\
    {"url":"%1$s/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0","tenant":"blue"}],\
    "signatures":[{"protected":"e30","signature":"x"}]}\
    """
        .formatted(base(agent));
  }

  @BeforeEach
  void begin() {
    agent.on("GET", Scripts.json(card()));
    agent.on("SendMessage", Scripts.json(SENT));
    agent.on("GetTask", Scripts.json(answer(TASK)));
  }

  @AfterEach
  void settle() {
    road.settle();
    log.mustBeQuiet();
    agent.forget();
    tools.forget();
  }

  @AfterAll
  void close() {
    log.close();
    road.close();
    agent.close();
    tools.close();
  }

  /** A POST to the endpoint without a version. */
  static RawRequest unversioned(String endpoint, String body) {
    return new RawRequest(
        "POST",
        "/a2a/" + endpoint,
        new Fields(List.of("Host: localhost", "Content-Type: application/json")),
        Payload.of(body),
        true);
  }

  static RawRequest post(String endpoint, String body) {
    return unversioned(endpoint, body).with("A2A-Version", "1.0");
  }

  static RawRequest get(String path) {
    return new RawRequest("GET", path, new Fields(List.of("Host: localhost")), Payload.EMPTY, true);
  }

  static String rpc(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  static String send(String id, String parts) {
    return rpc(id, "SendMessage", message(parts));
  }

  static String message(String parts) {
    return "{\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[%s]}}"
        .formatted(parts);
  }

  RawAnswer ask(RawRequest request) {
    return RawCaller.ask(road, request);
  }
}
