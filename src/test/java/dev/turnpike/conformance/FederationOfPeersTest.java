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

/** Real servers of both eras behind one endpoint, and real clients of both eras before it. */
@NeedsPeers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationOfPeersTest {
  private final Fixtures fixtures = new Fixtures();
  private NodeProcess everything;
  private Road road;

  @BeforeAll
  void start() {
    everything = NodeRuntime.here().start("everything.mjs");
    road =
        Road.serving(
            """
            upstreams:
              modern: { mcp: { url: "%s" } }
              legacy: { mcp: { url: "%s" } }
              every: { mcp: { url: "%s" } }
            endpoints:
              all: { mcp: { upstreams: [modern, legacy, every] }, anonymous: true }
              alone: { mcp: { upstreams: [modern] }, anonymous: true }
            rules:
              - name: all
                allow: { endpoints: [all, alone] }
            """
                .formatted(
                    fixtures.url(Era.MODERN), fixtures.url(Era.LEGACY), everything.mcpUrl()));
  }

  @TestFactory
  Stream<DynamicTest> servesTheClientOfTheModernEra() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "modern", road.url("alone"));
  }

  @TestFactory
  Stream<DynamicTest> servesTheClientOfTheLegacyEras() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "legacy", road.url("alone"));
  }

  @AfterAll
  void end() throws Exception {
    road.close();
    everything.close();
    fixtures.close();
  }
}
