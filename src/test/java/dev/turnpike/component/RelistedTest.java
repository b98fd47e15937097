package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * New rules hold at once, also for whoever has a stream open, and who is shown less or more is
 * told.
 */
class RelistedTest {
  private static final String HERE = "http://localhost:8080";
  private static final String ACKNOWLEDGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
          + "\"params\":{\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
          + "\"resourceSubscriptions\":[\"a://r\"]},\"_meta\":{}}}";
  private static final String UPDATED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
          + "\"params\":{\"uri\":\"a://r\"}}";

  private final FakeUpstream up = FakeUpstream.modern();
  private final FakeUpstream old = FakeUpstream.legacy("2025-11-25");
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch second = new CountDownLatch(1);
  private final List<RawCaller> callers = new ArrayList<>();
  private final List<RawRequest> ends = new ArrayList<>();
  private final Road road =
      Road.serving(
          file("echo", "echo", "resources: [\"**\"]"),
          Settings.DEFAULT.knowing(
              new Identity(
                  new Workloads.Nowhere(),
                  Optional.of(
                      new Issuer(
                          RelistedTest::verified,
                          List.of("https://issuer"),
                          HERE,
                          List.of(),
                          false,
                          Issuer.ClaimPaths.DEFAULT)))));

  private static CompletableFuture<Tokens.Vouched> verified(String token) {
    return CompletableFuture.completedFuture(
        new Tokens.Vouched(Map.of("sub", token, "aud", HERE), Instant.now().plusSeconds(3_600)));
  }

  private String file(String ofAnn, String ofBen, String ofAll) {
    return """
    upstreams:
      one: { mcp: { url: "%s" } }
      old: { mcp: { url: "%s" } }
    endpoints:
      one: { mcp: { upstreams: [one] } }
      old: { mcp: { upstreams: [old] } }
      both: { mcp: { upstreams: [one, old] } }
    rules:
      - { name: ann, allow: { tools: ["*%s"] }, when: caller.subject == "ann" }
      - { name: ben, allow: { tools: ["*%s"] }, when: caller.subject == "ben" }
      - { name: all, allow: { %s } }
    """
        .formatted(up.url(), old.url(), ofAnn, ofBen, ofAll);
  }

  @BeforeEach
  void bothSpeak() {
    up.on(
        "subscriptions/listen",
        (_, line) -> {
          line.events();
          line.event(ACKNOWLEDGED);
          line.await(first);
          line.event(UPDATED);
          line.await(second);
          line.event(UPDATED);
          line.hang();
        });
    old.on(
        "GET",
        (_, line) -> {
          line.events();
          line.hang();
        });
  }

  @AfterEach
  void end() {
    first.countDown();
    second.countDown();
    callers.forEach(RawCaller::close);
    // a legacy stream may be come back to as long as its session is open
    ends.forEach(request -> RawCaller.ask(road, request));
    road.settle();
    road.close();
    up.close();
    old.close();
  }

  private RawCaller stream(boolean modern, String endpoint, String token) {
    RawRequest listen =
        modern
            ? RawRequest.modern(
                endpoint,
                "5",
                "subscriptions/listen",
                "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
                    + "\"resourceSubscriptions\":[\"a://r\"]}")
            : RawRequest.get(endpoint, session(endpoint, token));
    RawCaller caller = RawCaller.to(road);
    callers.add(caller);
    if (!modern) {
      ends.add(listen.method("DELETE").with("Authorization", "Bearer " + token));
    }
    caller.send(listen.with("Authorization", "Bearer " + token)).head();
    assertThat(caller.status()).isEqualTo(200);
    if (modern) {
      assertThat(caller.data()).contains("acknowledged");
    }
    return caller;
  }

  private String session(String endpoint, String token) {
    return RawCaller.ask(
            road,
            RawRequest.post(
                    endpoint,
                    RawRequest.legacyBody(
                        "0",
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                            + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"))
                .with("Authorization", "Bearer " + token))
        .fields()
        .first("mcp-session-id");
  }

  private static String method(String data) {
    return RawAnswer.json(data).path("method").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "true, one", "true, old", "true, both",
    "false, one", "false, old", "false, both"
  })
  void whoeverIsShownOthersIsTold(boolean modern, String endpoint) {
    RawCaller ann = stream(modern, endpoint, "ann");
    RawCaller ben = stream(modern, endpoint, "ben");
    road.reload(file("pay", "echo", "resources: [\"**\"]"));
    assertThat(method(ann.data())).isEqualTo("notifications/tools/list_changed");
    if (modern && !endpoint.equals("one")) {
      // its upstream says nothing of prompts, so nothing was promised of them
      road.reload(file("pay", "pay", "resources: [\"**\"]"));
      assertThat(method(ben.data())).isEqualTo("notifications/tools/list_changed");
      return;
    }
    // nothing changed for ben until now
    road.reload(file("pay", "echo", "resources: [\"**\"], prompts: [p]"));
    assertThat(method(ben.data())).isEqualTo("notifications/prompts/list_changed");
    assertThat(method(ann.data())).isEqualTo("notifications/prompts/list_changed");
  }

  @Test
  void whatAnOpenStreamIsShownIsJudgedByTheRulesInForce() {
    RawCaller ann = stream(true, "one", "ann");
    first.countDown();
    assertThat(method(ann.data())).isEqualTo("notifications/resources/updated");
    road.reload(file("echo", "echo", "prompts: [p]"));
    // its resources changed, which it did not ask to hear of, and its prompts
    assertThat(method(ann.data())).isEqualTo("notifications/prompts/list_changed");
    second.countDown();
    road.reload(file("pay", "echo", "prompts: [p]"));
    assertThat(method(ann.data())).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void aCallIsJudgedByTheRulesInForce() {
    RawRequest echo = RawRequest.call("one", "1", "echo", "{}").with("Authorization", "Bearer ann");
    assertThat(RawCaller.ask(road, echo).json().has("result")).isTrue();
    road.reload(file("pay", "echo", "prompts: [p]"));
    assertThat(RawCaller.ask(road, echo).code()).isEqualTo(-32602);
  }
}
