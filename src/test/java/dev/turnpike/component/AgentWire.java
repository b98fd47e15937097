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

/** One road before an agent, shared by the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AgentWire {
  static final String DONE =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"task":{"id":"t1","contextId":"c1",\
      "status":{"state":"TASK_STATE_COMPLETED"}}}}\
      """;

  static final String HELLO =
      "{\"message\":{\"messageId\":\"m1\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"hi\"}]}}";

  private static final String CARD =
      """
      {"name":"Trips","description":"Plans trips","version":"1.0.0",\
      "supportedInterfaces":[{"url":"%s/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"}],\
      "capabilities":{"streaming":true,"pushNotifications":true},\
      "defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],\
      "skills":[{"id":"plan","name":"Plan","description":"Plans","tags":["trip"]}]}\
      """;

  private static final String FILE =
      """
      upstreams:
        trips: { a2a: { card: "%1$s/card.json", timeout: 5s } }
        gone: { a2a: { card: "http://127.0.0.1:1/card.json", timeout: 5s } }
      endpoints:
        open: { a2a: { upstream: trips }, anonymous: true }
        told: { a2a: { upstream: trips }, anonymous: true }
        few: { a2a: { upstream: trips }, anonymous: true }
        words: { a2a: { upstream: trips }, anonymous: true }
        silent: { a2a: { upstream: trips }, anonymous: true }
        shut: { a2a: { upstream: trips } }
        gone: { a2a: { upstream: gone }, anonymous: true }
      rules:
        - name: all
          allow: { endpoints: [open, few, words, shut, gone] }
        - name: small
          allow: { endpoints: [told], operations: ["Send*"] }
          when: 'args.amount <= 100'
      budgets:
        - name: few
          match: { endpoints: [few] }
          limit: 1
          unit: calls
          window: 1h
        - name: words
          match: { endpoints: [words] }
          limit: 2000
          window: 1h
      """;

  final FakeUpstream agent = FakeUpstream.modern();
  final String origin = agent.url().replace("/mcp", "");
  final Road road = Road.serving(FILE.formatted(origin));
  private final LoudLog log = new LoudLog();

  @BeforeEach
  void card() {
    agent.on("GET", Scripts.json(CARD.formatted(origin)));
    agent.on("SendMessage", Scripts.json(DONE));
  }

  @AfterEach
  void settle() {
    road.settle();
    log.mustBeQuiet();
    agent.forget();
  }

  @AfterAll
  void close() {
    log.close();
    road.close();
    agent.close();
  }

  static RawRequest request(String endpoint, String id, String method, String params) {
    return RawRequest.post(endpoint, RawRequest.legacyBody(id, method, params))
        .path("/a2a/" + endpoint)
        .with("A2A-Version", "1.0");
  }

  static RawRequest card(String endpoint) {
    return new RawRequest(
        "GET",
        "/a2a/" + endpoint + "/.well-known/agent-card.json",
        new Fields(List.of("Host: localhost", "Accept: application/json")),
        Payload.EMPTY,
        true);
  }

  RawAnswer ask(RawRequest request) {
    return RawCaller.ask(road, request);
  }

  RawAnswer send(String endpoint, String params) {
    return ask(request(endpoint, "7", "SendMessage", params));
  }
}
