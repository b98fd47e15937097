package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Answers that come in several messages, and how they begin and end. */
class StreamsTest extends OwnRoad {
  private static final String DENYING =
      """
        - name: nothing-secret
          deny: { tools: [secret], resources: ["file:///secret/**"], prompts: [secret] }
      """;

  private final CountDownLatch gate = new CountDownLatch(1);

  private static String updated(String uri) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\""
        + uri
        + "\",\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":1}}}";
  }

  private static String ended() {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\"}}";
  }

  private static RawRequest listen() {
    return RawRequest.modern(
        "one",
        "1",
        "subscriptions/listen",
        "\"notifications\":{\"resourceSubscriptions\":[\"file:///open/a\",\"file:///secret/a\"]}");
  }

  @Test
  void outliveAReloadThatRefusesWhatComesAfterIt() {
    up.on(
        "subscriptions/listen",
        (_, line) -> {
          line.events();
          line.event(updated("file:///open/a"));
          line.await(gate);
          line.event(updated("file:///open/b"));
          line.event(ended());
          line.end();
        });
    RawCaller stream = asking(listen()).head();
    assertThat(stream.data()).isEqualTo(updated("file:///open/a"));
    RawRequest secret = RawRequest.call("one", "2", "secret", "{}");
    assertThat(RawCaller.ask(road, secret).code()).isZero();
    road.reload(file() + DENYING);
    assertThat(RawCaller.ask(road, secret).code()).isEqualTo(-32602);
    gate.countDown();
    assertThat(stream.data()).isEqualTo(updated("file:///open/b"));
    assertThat(stream.data()).isEqualTo(ended().replace("$id", "1"));
    stream.end();
  }

  @Test
  void outliveAReloadThatTakesTheirUpstreamAway() {
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(Scripts.progress(1));
          line.await(gate);
          line.event(Scripts.RESULT);
          line.end();
        });
    RawCaller stream = asking(modernCall(1)).head();
    assertThat(stream.data()).isEqualTo(Scripts.progress(1));
    try (FakeUpstream next = FakeUpstream.modern()) {
      road.reload(Wire.FILE.formatted(next.url(), old.url()));
      assertThat(RawCaller.ask(road, modernCall(2)).status()).isEqualTo(200);
      assertThat(next.seen("tools/call")).hasSize(1);
      gate.countDown();
      assertThat(stream.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
      stream.end();
      Seen seen = up.only("tools/call");
      Eventually.holds("the connection of an upstream that is gone is closed", seen::hungUp);
    }
  }

  @Test
  void saySilentlyNothingOfResourcesThatTheCallerMayNotSee() {
    road.reload(file() + DENYING);
    up.on(
        "subscriptions/listen",
        Scripts.events(updated("file:///secret/a"), updated("file:///open/a"), ended()));
    RawCaller modern = asking(listen()).head();
    assertThat(modern.data()).isEqualTo(updated("file:///open/a"));
    assertThat(modern.data()).isEqualTo(ended().replace("$id", "1"));

    old.on("GET", Scripts.hangInStream(updated("file:///secret/a"), updated("file:///open/a")));
    String session = session();
    RawCaller legacy = asking(RawRequest.get("old", session)).head();
    assertThat(legacy.data()).isEqualTo(updated("file:///open/a"));
    end(session);
  }

  @Test
  void listNothingThatTheCallerMayNotSee() {
    road.reload(file() + DENYING);
    String session = session();
    String[][] lists = {
      {"tools/list", "tools", "name", "open", "secret"},
      {"prompts/list", "prompts", "name", "open", "secret"},
      {"resources/list", "resources", "uri", "file:///open/a", "file:///secret/a"},
      {
        "resources/templates/list",
        "resourceTemplates",
        "uriTemplate",
        "file:///open/{a}",
        "file:///secret/{a}"
      }
    };
    for (String[] list : lists) {
      String entry = "{\"" + list[2] + "\":\"%s\",\"n\":1.0}";
      String shown = entry.formatted(list[3]);
      String body =
          "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\""
              + list[1]
              + "\":[%s],\"ttlMs\":9,\"cacheScope\":\"%s\"}}";
      String all = shown + "," + entry.formatted(list[4]);
      up.on(list[0], Scripts.json(body.formatted(all, "public")));
      old.on(list[0], Scripts.json(body.formatted(all, "public")));
      String modern = RawCaller.ask(road, RawRequest.modern("one", "7", list[0], "")).text();
      assertThat(modern).isEqualTo(body.formatted(shown, "private").replace("$id", "7"));
      String legacy =
          RawCaller.ask(
                  road,
                  RawRequest.legacy("old", session, RawRequest.legacyBody("7", list[0], "{}")))
              .text();
      assertThat(legacy).isEqualTo(body.formatted(shown, "public").replace("$id", "7"));
    }
  }

  @Test
  void areBoundedForEachCaller() {
    road.close();
    road = Road.serving(file(), settings(AcceptLimits.DEFAULT, 2, 100));
    up.on("subscriptions/listen", Scripts.hangInStream(updated("file:///a")));
    RawCaller first = asking(listen()).head();
    RawCaller second = asking(listen()).head();
    first.data();
    second.data();
    RawAnswer third = RawCaller.ask(road, listen());
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.code()).isEqualTo(-31429);
    assertThat(third.fields().first("retry-after")).isEqualTo("1");
    assertThat(up.seen("subscriptions/listen")).hasSize(2);
    assertThat(RawCaller.ask(road, modernCall(1)).status()).as("calls go on").isEqualTo(200);
    first.hangUp();
    Eventually.holds(
        "its place is free",
        () -> {
          RawCaller next = asking(listen()).head();
          return next.status() == 200;
        });
  }

  @Test
  void areMadeOfLinesOfJsonWhereAnUpstreamWritesThose() {
    up.on("tools/call", Scripts.lines(Scripts.progress(1), Scripts.RESULT));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.fields().first("content-type")).isEqualTo("text/event-stream");
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    caller.end();
    up.on("tools/call", Scripts.lines(Scripts.RESULT));
    assertThat(RawCaller.ask(road, modernCall(1)).text())
        .as("one line is one answer")
        .isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void endWithTheResultWhateverTheUpstreamGoesOnToSay() {
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(Scripts.RESULT);
          line.event(Scripts.progress(9));
          line.event(Scripts.RESULT);
          line.hang();
        });
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    caller.end();
    Seen seen = up.only("tools/call");
    Eventually.holds("who goes on is cut off", seen::hungUp);
    assertThat(lastOutcome()).isInstanceOf(Outcome.Served.class);
    up.on("tools/call", Scripts.lines(Scripts.RESULT, Scripts.RESULT, Scripts.progress(1)));
    assertThat(RawCaller.ask(road, modernCall(1)).text())
        .isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void endWithAnErrorWhereTheUpstreamDoesNotBringThemToAnEnd() {
    String broken = "{\"jsonrpc\":";
    mustEndWithAnError(Scripts.events(Scripts.progress(1)), 502);
    mustEndWithAnError(Scripts.unendedStream(Scripts.progress(1)), 502);
    mustEndWithAnError(Scripts.events(Scripts.progress(1), broken), 502);
    mustEndWithAnError(Scripts.events(Scripts.progress(1), "[]"), 502);
  }

  private void mustEndWithAnError(Script script, int status) {
    up.on("tools/call", script);
    old.on("tools/call", script);
    for (RawRequest request : new RawRequest[] {modernCall(1), legacyCall(session(), 1)}) {
      RawCaller caller = asking(request).head();
      assertThat(caller.data()).isEqualTo(Scripts.progress(1));
      var error = RawAnswer.json(caller.data());
      assertThat(error.path("id").asInt()).isEqualTo(1);
      assertThat(error.at("/error/code").asInt()).isEqualTo(-31000 - status);
      assertThat(error.at("/error/data/reason").asText()).isNotBlank();
      caller.end();
      assertThat(lastOutcome())
          .isInstanceOfSatisfying(
              Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(Outcome.By.UPSTREAM));
    }
  }
}
