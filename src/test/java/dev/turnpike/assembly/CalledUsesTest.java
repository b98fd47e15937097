package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.OldTransport;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What administrators are told of the revisions of upstreams before they turn one off. */
class CalledUsesTest {
  private static final String MODERN = "2026-07-28";
  private static final String NEWEST = "2025-11-25";

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final FakeUpstream up = FakeUpstream.modern();
  private final FakeUpstream old = FakeUpstream.legacy(NEWEST);
  private final FakeUpstream dual =
      FakeUpstream.modern()
          .on(
              "initialize",
              Scripts.status(
                  200, "Mcp-Session-Id: s\r\n", FakeUpstream.INITIALIZED.formatted(NEWEST)));
  private final Road road =
      Road.serving(
          """
          upstreams:
            up: { mcp: { url: "%s" } }
            old: { mcp: { url: "%s" } }
            dual: { mcp: { url: "%s" } }
            pinned: { mcp: { url: "http://127.0.0.1:9/", revision: 2025-06-18 } }
            ancient: { mcp: { url: "http://127.0.0.1:9/", transport: http-sse } }
          endpoints:
            up: { mcp: { upstreams: [up] }, anonymous: true }
            old: { mcp: { upstreams: [old] }, anonymous: true }
            dual: { mcp: { upstreams: [dual] }, anonymous: true }
            rest: { mcp: { upstreams: [pinned, ancient] }, anonymous: true }
          rules:
            - { name: all, allow: {} }
          """
              .formatted(up.url(), old.url(), dual.url()),
          OldTransport.on().calling((revision, _) -> !off.contains(revision)));

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
    old.close();
    dual.close();
  }

  private CalledUses uses() {
    return road.gateway().edges().calledUses();
  }

  private void call(String endpoint) {
    assertThat(RawCaller.ask(road, RawRequest.call(endpoint, "7", "echo", "{}")).text())
        .contains("served");
  }

  @Test
  void areOfThoseThatHaveAnsweredInItOrAreSaidTo() {
    assertThat(uses().of(MODERN)).isEmpty();
    assertThat(uses().of(NEWEST)).isEmpty();
    call("up");
    call("old");
    RawCaller.session(road, "old", NEWEST);
    assertThat(uses().of(MODERN)).containsExactly("upstream up is known to speak it");
    assertThat(uses().of(NEWEST))
        .containsExactly("upstream old is known to speak it: open sessions: 2");
    assertThat(uses().of("2025-06-18"))
        .containsExactly("upstream pinned is known to speak it: open sessions: 0");
    assertThat(uses().of("http-sse"))
        .containsExactly("upstream ancient is reached by it: open sessions: 0");
  }

  @Test
  void tellWhoWouldHaveNothingLeftAndWhoIsCalledInWhatElse() {
    call("up");
    call("dual");
    RawCaller.session(road, "dual", NEWEST);
    assertThat(uses().ifOff(MODERN))
        .contains("calls to them fail: up;", "in what else they speak: dual;");
    assertThat(uses().ifOff("http-sse")).contains("calls to them fail: ancient");
    off.add(NEWEST);
    assertThat(uses().ifOff(MODERN)).contains("calls to them fail: dual, up");
    assertThat(uses().ifOff(NEWEST)).as("it is off").isEmpty();
    off.add(MODERN);
    assertThat(uses().of(MODERN)).hasSize(2);
    assertThat(uses().ifOff(MODERN)).isEmpty();
  }

  @Test
  void areForgottenOfAnUpstreamThatSpeaksAnotherEra() {
    call("dual");
    dual.on("server/discover", Scripts.status(404));
    dual.on("tools/call", Scripts.status(404));
    RawCaller.ask(road, RawRequest.call("dual", "7", "echo", "{}"));
    dual.on("tools/call", Scripts.json(Scripts.RESULT));
    call("dual");
    assertThat(uses().of(MODERN)).isEmpty();
    assertThat(uses().of(NEWEST)).hasSize(1);
  }

  @Test
  void towardsCallersStreamsOfTheOldTransportAreTold() {
    assertThat(road.gateway().edges().lines()).isEmpty();
    try (OldTransport caller = OldTransport.open(road, "old")) {
      assertThat(caller.address()).isNotEmpty();
      assertThat(road.gateway().edges().lines()).isEqualTo(Map.of("old", 1L));
    }
  }
}
