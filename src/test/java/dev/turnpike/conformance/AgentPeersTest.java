package dev.turnpike.conformance;

import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeProcess;
import dev.turnpike.testkit.node.NodeRuntime;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** A real agent of A2A 1.0 and a real client, with nothing between them and with Turnpike. */
@NeedsPeers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentPeersTest {
  private NodeProcess agent;
  private Road road;

  @BeforeAll
  void start() {
    agent = NodeRuntime.here().start("agent.mjs");
    road =
        Road.serving(
            """
            upstreams:
              echo: { a2a: { card: "%s/.well-known/agent-card.json" } }
            endpoints:
              echo: { a2a: { upstream: echo }, anonymous: true }
            rules:
              - name: all
                allow: { endpoints: [echo] }
            budgets:
              - name: enough
                limit: 1000000
                window: 1h
            """
                .formatted(origin()));
  }

  private String origin() {
    return "http://127.0.0.1:" + agent.port();
  }

  @TestFactory
  Stream<DynamicTest> speakDirectly() {
    return RealClientsSuite.steps("client-agent.mjs", origin());
  }

  @TestFactory
  Stream<DynamicTest> speakThroughTurnpike() {
    return RealClientsSuite.steps(
        "client-agent.mjs",
        road.url("echo").replace("/mcp/", "/a2a/"),
        // that of the card, which is never taken from a request
        "http://localhost:8080");
  }

  @AfterAll
  void end() {
    road.settle();
    road.close();
    agent.close();
  }
}
