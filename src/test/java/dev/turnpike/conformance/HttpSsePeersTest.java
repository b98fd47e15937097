package dev.turnpike.conformance;

import dev.turnpike.testkit.OldTransport;
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

/** A real server over the transport of 2024-11-05 beside others, and real clients over it. */
@NeedsPeers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpSsePeersTest {
  private final Fixtures fixtures = new Fixtures();
  private NodeProcess everything;
  private Road road;

  @BeforeAll
  void start() {
    everything = NodeRuntime.here().start("everything.mjs", "--sse");
    road =
        Road.serving(
            """
            upstreams:
              modern: { mcp: { url: "%s" } }
              legacy: { mcp: { url: "%s" } }
              every: { mcp: { url: "%s", transport: http-sse } }
            endpoints:
              all: { mcp: { upstreams: [modern, legacy, every] }, anonymous: true }
              alone: { mcp: { upstreams: [modern] }, anonymous: true }
            rules:
              - name: all
                allow: { endpoints: [all, alone] }
            """
                .formatted(
                    fixtures.url(Era.MODERN),
                    fixtures.url(Era.LEGACY),
                    everything.mcpUrl().replace("/mcp", "/sse")),
            OldTransport.on());
  }

  @TestFactory
  Stream<DynamicTest> serveTheClientOfTheModernEra() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "modern", road.url("alone"));
  }

  @TestFactory
  Stream<DynamicTest> serveTheClientOfTheLegacyEras() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "legacy", road.url("alone"));
  }

  @TestFactory
  Stream<DynamicTest> serveTheClientOverHttpSse() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "sse", road.url("alone"));
  }

  @AfterAll
  void end() throws Exception {
    road.close();
    everything.close();
    fixtures.close();
  }
}
