package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Peer;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are known by their connection. */
class WorkloadsTest {
  private static final Set<String> DOMAINS = Set.of("cluster.local");
  private static final String PLANNER = "spiffe://cluster.local/ns/agents/sa/planner";
  private static final Workload KNOWN = new Workload(PLANNER, "cluster.local", "agents", "planner");

  private static Inbound from(Peer peer) {
    return new Inbound("POST", "/mcp/pay", "", Headers.NONE, Payload.EMPTY, peer);
  }

  @Test
  void aCertificateNamesOneWorkload() throws Refused {
    Workloads certified = new Workloads.Certified(DOMAINS);
    assertThat(certified.of(from(new Peer.Certified(List.of(PLANNER))))).contains(KNOWN);
    assertThat(certified.of(from(Peer.UNKNOWN))).isEmpty();
    assertThat(certified.of(from(new Peer.Announced(PLANNER)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://cluster.local/ns/agents/sa/planner",
        "spiffe://elsewhere/ns/agents/sa/planner",
        "spiffe://cluster.local/ns/agents",
        "spiffe://cluster.local/ns/agents/sa/planner/",
        "spiffe://cluster.local/ns/agents/sa/planner spiffe://cluster.local/ns/agents/sa/planner"
      })
  void aCertificateThatNamesAnythingElseIsNeverTakenForNone(String names) {
    Peer peer = new Peer.Certified(names.isEmpty() ? List.of() : List.of(names.split(" ", -1)));
    assertThatThrownBy(() -> new Workloads.Certified(DOMAINS).of(from(peer)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void theProxyOfTheMeshNamesOneWorkload() {
    Workloads announced = new Workloads.Announced(DOMAINS);
    try {
      assertThat(announced.of(from(new Peer.Announced(PLANNER)))).contains(KNOWN);
      assertThat(announced.of(from(new Peer.Announced("spiffe://elsewhere/ns/a/sa/b")))).isEmpty();
      assertThat(announced.of(from(new Peer.Certified(List.of(PLANNER))))).isEmpty();
      assertThat(new Workloads.Nowhere().of(from(new Peer.Announced(PLANNER)))).isEmpty();
    } catch (Refused refused) {
      throw new AssertionError(refused);
    }
  }
}
