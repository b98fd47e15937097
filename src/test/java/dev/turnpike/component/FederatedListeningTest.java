package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the upstreams of an endpoint say outside of calls, {@code one} modern and {@code old} not.
 */
class FederatedListeningTest extends OwnRoad {
  private static final String BOTH = "both";
  private static final String LISTED =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resources\":[{\"uri\":\"%s\",\"name\":\"r\"}]}}";
  private static final String UPDATED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"%s\"}}";

  private final CountDownLatch changed = new CountDownLatch(1);
  private final CountDownLatch broken = new CountDownLatch(1);
  private final CountDownLatch later = new CountDownLatch(1);

  @Override
  String file() {
    return super.file()
        .replace(
            "endpoints:\n",
            "endpoints:\n  both: { mcp: { upstreams: [one, old] }, anonymous: true }\n");
  }

  @BeforeEach
  void eachHasAResourceAndSaysWhenItChanges() {
    up.on("initialize", Scripts.status(400));
    up.on("resources/list", Scripts.json(LISTED.formatted("a://one")));
    old.on("resources/list", Scripts.json(LISTED.formatted("a://old")));
    up.on(
        "subscriptions/listen",
        (_, line) -> {
          line.events();
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                  + "\"params\":{\"notifications\":{\"resourceSubscriptions\":[\"a://one\"]},\"_meta\":{}}}");
          line.await(changed);
          line.event(UPDATED.formatted("a://one"));
          line.event(UPDATED.formatted("a://other"));
          line.await(broken);
          line.end();
        });
    old.on(
        "GET",
        (_, line) -> {
          line.events();
          line.await(changed);
          line.event(UPDATED.formatted("a://old"));
          line.event(UPDATED.formatted("a://one"));
          line.await(later);
          line.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
          line.hang();
        });
  }

  private static String uri(String data) {
    JsonNode told = RawAnswer.json(data);
    assertThat(told.path("method").asText()).isEqualTo("notifications/resources/updated");
    return told.at("/params/uri").asText();
  }

  @Test
  void comesToAModernCallerOnOneStreamThatOutlivesTheLossOfOne() {
    RawCaller caller =
        asking(
                RawRequest.modern(
                    BOTH,
                    "5",
                    "subscriptions/listen",
                    "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
                        + "\"resourceSubscriptions\":[\"a://one\",\"a://old\",\"a://nowhere\"]}"))
            .head();
    JsonNode ack = RawAnswer.json(caller.data());
    assertThat(ack.at("/params/notifications").toString())
        .isEqualTo(
            "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a://one\",\"a://old\"]}");
    assertThat(ack.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").asInt())
        .isEqualTo(5);
    Eventually.holds("both listen", () -> old.seen("GET").size() == 1);
    Eventually.holds("both listen", () -> up.seen("subscriptions/listen").size() == 1);
    Eventually.holds("it is subscribed to", () -> old.seen("resources/subscribe").size() == 1);
    changed.countDown();
    assertThat(new String[] {uri(caller.data()), uri(caller.data())})
        .containsExactlyInAnyOrder("a://one", "a://old");
    broken.countDown();
    later.countDown();
    assertThat(RawAnswer.json(caller.data()).path("method").asText())
        .isEqualTo("notifications/tools/list_changed");
    caller.close();
    Eventually.holds(
        "nobody listens any more", () -> old.seen("resources/unsubscribe").size() == 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsThatOneIsThereWhichWasLeftOut(boolean modern) {
    CountDownLatch late = new CountDownLatch(1);
    up.on(
        "tools/list",
        (_, line) -> {
          line.await(late);
          line.json(FakeUpstream.TOOLS);
        });
    RawRequest listen =
        modern
            ? RawRequest.modern(
                BOTH, "5", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}")
            : RawRequest.get(BOTH, RawCaller.session(road, BOTH, "2025-11-25"));
    RawCaller stream = asking(listen).head();
    if (modern) {
      assertThat(stream.data()).contains("acknowledged");
    }
    RawAnswer list = RawCaller.ask(road, RawRequest.modern(BOTH, "1", "tools/list", ""));
    assertThat(list.text()).doesNotContain("one_echo").contains("old_echo");
    late.countDown();
    assertThat(stream.data()).contains("notifications/tools/list_changed");
    assertThat(road.federation().told()).contains("back one");
    if (!modern) {
      RawCaller.ask(road, listen.method("DELETE"));
    }
    changed.countDown();
    broken.countDown();
  }

  @Test
  void comesToALegacyCallerOnTheStreamOfItsSession() {
    RawAnswer opened =
        RawCaller.ask(
            road,
            RawRequest.post(
                BOTH,
                RawRequest.legacyBody(
                    "0",
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
    String session = String.valueOf(opened.fields().first("mcp-session-id"));
    RawCaller stream = asking(RawRequest.get(BOTH, session)).head();
    assertThat(stream.status()).isEqualTo(200);
    for (String uri : new String[] {"a://one", "a://old"}) {
      RawAnswer answer =
          RawCaller.ask(
              road,
              RawRequest.legacy(
                  BOTH,
                  session,
                  RawRequest.legacyBody("1", "resources/subscribe", "{\"uri\":\"" + uri + "\"}")));
      assertThat(answer.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    }
    RawAnswer nowhere =
        RawCaller.ask(
            road,
            RawRequest.legacy(
                BOTH,
                session,
                RawRequest.legacyBody("2", "resources/subscribe", "{\"uri\":\"a://nowhere\"}")));
    assertThat(nowhere.code()).isEqualTo(-32602);
    changed.countDown();
    assertThat(new String[] {uri(stream.data()), uri(stream.data())})
        .containsExactlyInAnyOrder("a://one", "a://old");
    later.countDown();
    assertThat(RawAnswer.json(stream.data()).path("method").asText())
        .isEqualTo("notifications/tools/list_changed");
    assertThat(RawCaller.ask(road, RawRequest.get(BOTH, session).method("DELETE")).status())
        .isEqualTo(204);
    broken.countDown();
  }
}
