package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is sent again, and when an upstream is left alone. */
class RetryTest extends OwnRoad {
  @Override
  String file() {
    return """
    upstreams:
      one: { mcp: { url: "%1$s", revision: modern, idempotent: ["echo*"] } }
      old: { mcp: { url: "%2$s", revision: legacy, idempotent: ["echo*"] } }
    endpoints:
      one: { mcp: { upstreams: [one] }, anonymous: true }
      old: { mcp: { upstreams: [old] }, anonymous: true }
    rules:
      - name: all
        allow: { endpoints: ["*"] }
    """
        .formatted(up.url(), old.url());
  }

  private static RawRequest pay() {
    return RawRequest.call("one", "1", "pay", "{}");
  }

  @Test
  void isForWhatWasCertainlyNotSent() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                closing.accept().close();
                connections.incrementAndGet();
              }
            } catch (IOException over) {
              // the test has ended
            }
          });
      // no TLS comes about, so no request can have been sent
      String secured = "https://127.0.0.1:" + closing.getLocalPort() + "/mcp";
      road.reload(file().replace(up.url(), secured));
      RawAnswer answer = RawCaller.ask(road, RawRequest.modern("one", "1", "prompts/list", ""));
      assertThat(answer.code()).isEqualTo(-31502);
      assertThat(connections.get()).as("one try and two more").isEqualTo(3);
    }
  }

  @Test
  void isNotForACallThatMayHaveBeenReceived() {
    up.on("tools/call", Scripts.inTurn(Scripts.reset(), Scripts.json(Scripts.RESULT)));
    assertThat(RawCaller.ask(road, pay()).code()).isEqualTo(-31502);
    assertThat(up.seen("tools/call")).hasSize(1);
  }

  @Test
  void isForAToolThatTheAdministratorCallsIdempotent() {
    up.on("tools/call", Scripts.inTurn(Scripts.reset(), Scripts.json(Scripts.RESULT)));
    assertThat(RawCaller.ask(road, modernCall(1)).code()).isZero();
    assertThat(up.seen("tools/call")).hasSize(2);
    assertThat(up.seen("tools/call").get(0).body()).isEqualTo(up.seen("tools/call").get(1).body());
    old.on("tools/call", Scripts.inTurn(Scripts.reset(), Scripts.json(Scripts.RESULT)));
    assertThat(RawCaller.ask(road, legacyCall(session(), 1)).code()).isZero();
    assertThat(old.seen("tools/call")).hasSize(2);
  }

  @Test
  void isForAConnectionThatTheUpstreamClosedWhileItWasIdle() {
    up.on("tools/call", Scripts.answerAndClose(Scripts.RESULT));
    for (int i = 0; i < 10; i++) {
      assertThat(RawCaller.ask(road, modernCall(i)).code()).isZero();
    }
  }

  @Test
  void isForListsAndReads() {
    String empty = "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{}}";
    String[][] methods = {
      {"prompts/list", "", ""},
      {"resources/read", "\"uri\":\"file:///a\"", "file:///a"},
      {"prompts/get", "\"name\":\"p\"", "p"}
    };
    for (String[] method : methods) {
      up.on(method[0], Scripts.inTurn(Scripts.reset(), Scripts.reset(), Scripts.json(empty)));
      RawRequest request = RawRequest.modern("one", "1", method[0], method[1]);
      RawAnswer answer =
          RawCaller.ask(road, method[2].isEmpty() ? request : request.with("Mcp-Name", method[2]));
      assertThat(answer.code()).as(answer.text()).isZero();
      assertThat(up.seen(method[0])).hasSize(3);
    }
  }

  @Test
  void isNotForWhatTookTooLong() {
    road.reload(file().replace("revision: modern", "revision: modern, timeout: 300ms"));
    up.on("prompts/list", Scripts.hang());
    RawAnswer answer = RawCaller.ask(road, RawRequest.modern("one", "1", "prompts/list", ""));
    assertThat(answer.code()).isEqualTo(-31504);
    assertThat(up.seen("prompts/list")).hasSize(1);
  }

  @Test
  void isNotForAnAnswerWhateverItSays() {
    for (int status : new int[] {400, 404, 429, 500, 503}) {
      up.forget();
      up.on("prompts/list", Scripts.status(status));
      RawCaller.ask(road, RawRequest.modern("one", "1", "prompts/list", ""));
      assertThat(up.seen("prompts/list")).as("status " + status).hasSize(1);
    }
  }

  @Test
  void isNotNeededWhereAnUpstreamAnswersAndSaysNo() {
    String failed = "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[],\"isError\":true}}";
    up.on(
        "tools/call",
        (request, line) -> {
          int id = Integer.parseInt(request.id());
          switch (id % 4) {
            case 0 -> line.json(failed);
            case 1 -> line.whole(400, "", "", "");
            case 2 -> line.whole(429, "", "", "");
            default -> line.whole(500, "", "", "");
          }
        });
    for (int i = 0; i < 60; i++) {
      RawAnswer answer =
          RawCaller.ask(road, RawRequest.call("one", Integer.toString(i), "pay", "{}"));
      assertThat(answer.code()).as("never shed").isNotEqualTo(-31503);
    }
    assertThat(up.seen("tools/call")).hasSize(60);
  }

  @Test
  void endsWhereAnUpstreamKeepsBreakingOff() {
    up.on("tools/call", Scripts.reset());
    RawAnswer answer = RawCaller.ask(road, pay());
    for (int i = 0; i < 40 && answer.code() != -31503; i++) {
      answer = RawCaller.ask(road, pay());
    }
    assertThat(answer.status()).isEqualTo(503);
    int asked = up.seen("tools/call").size();
    assertThat(RawCaller.ask(road, pay()).code()).isEqualTo(-31503);
    assertThat(up.seen("tools/call")).as("left alone").hasSize(asked);
    assertThat(RawCaller.ask(road, legacyCall(session(), 1)).code())
        .as("the other upstream is not")
        .isZero();
  }

  @Test
  void doesNotGiveACallBackThatWasSentOnceAndThenFoundNobody() {
    road.reload(
        file()
            + """
            budgets:
              - name: once
                match: { tools: [echo] }
                limit: 1
                unit: calls
                window: 1h
            """);
    up.on(
        "tools/list",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
                + "\"tools\":[],\"ttlMs\":60000,\"cacheScope\":\"public\"}}"));
    up.on(
        "tools/call",
        (_, line) -> {
          up.close();
          line.reset();
        });
    assertThat(RawCaller.ask(road, modernCall(1)).code()).isEqualTo(-31502);
    assertThat(RawCaller.ask(road, modernCall(2)).code()).as("it is spent").isEqualTo(-31429);
  }
}
