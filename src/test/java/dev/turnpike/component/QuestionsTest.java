package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a legacy upstream asks its caller on a stream, and what the caller posts. */
class QuestionsTest extends OwnRoad {
  private static final String QUESTION =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"elicitation/create\",\"params\":{}}";
  private static final String ANSWER =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"result\":{\"action\":\"accept\",\"n\":1.0}}";

  private final CountDownLatch answered = new CountDownLatch(1);

  private void askBeforeTheResult() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(QUESTION);
          line.await(answered);
          line.event(Scripts.RESULT);
          line.end();
        });
  }

  private List<Seen> answers() {
    return old.seen("");
  }

  @Test
  void reachTheUpstreamUnderItsOwnSession() {
    askBeforeTheResult();
    String session = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    assertThat(caller.data()).isEqualTo(QUESTION);
    RawAnswer taken = RawCaller.ask(road, RawRequest.legacy("old", session, ANSWER));
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.body().size()).isZero();
    assertThat(lastOutcome()).isInstanceOf(Outcome.Served.class);
    assertThat(answers()).hasSize(1);
    assertThat(answers().getFirst().text()).isEqualTo(ANSWER);
    assertThat(answers().getFirst().fields().first("mcp-session-id"))
        .isEqualTo(FakeUpstream.SESSION);
    answered.countDown();
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void areAnsweredOnceAndByWhoWasAsked() {
    askBeforeTheResult();
    String session = session();
    String other = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    assertThat(caller.data()).isEqualTo(QUESTION);
    post(other, ANSWER);
    post(session, ANSWER.replace("\"q-1\"", "\"q-2\""));
    post(session, ANSWER.replace("\"q-1\"", "1"));
    assertThat(answers()).as("nobody asked for these").isEmpty();
    post(session, ANSWER);
    post(session, ANSWER);
    assertThat(answers()).hasSize(1);
    answered.countDown();
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void mayBeAnsweredByAnError() {
    askBeforeTheResult();
    String session = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    assertThat(caller.data()).isEqualTo(QUESTION);
    String no = "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"error\":{\"code\":-1,\"message\":\"no\"}}";
    post(session, no);
    assertThat(answers()).singleElement().extracting(Seen::text).isEqualTo(no);
    answered.countDown();
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void comeOnTheStreamOfTheSessionToo() {
    String updated =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":"
            + "{\"uri\":\"file:///a\"}}";
    old.on("GET", Scripts.hangInStream(QUESTION, updated));
    String session = session();
    RawCaller stream = asking(RawRequest.get("old", session)).head();
    assertThat(stream.fields().first("content-type")).isEqualTo("text/event-stream");
    assertThat(stream.data()).isEqualTo(QUESTION);
    assertThat(stream.data()).isEqualTo(updated);
    post(session, ANSWER);
    assertThat(answers()).hasSize(1);
    Seen seen = old.only("GET");
    assertThat(seen.fields().first("mcp-session-id")).isEqualTo(FakeUpstream.SESSION);
    assertThat(seen.fields().first("mcp-protocol-version")).isEqualTo("2025-11-25");
    end(session);
    stream.end();
  }

  @Test
  void areNoneInTheModernEra() {
    up.on("tools/call", Scripts.events(QUESTION, Scripts.RESULT));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
  }

  @Test
  void areJoinedByNotificationsOfTheCallerThatTheRevisionKnows() {
    String session = session();
    post(session, notification("notifications/initialized"));
    post(session, notification("notifications/cancelled"));
    post(session, notification("notifications/made-up"));
    assertThat(old.seen("notifications/initialized")).hasSize(1);
    assertThat(old.seen("notifications/cancelled")).hasSize(1);
    assertThat(old.seen("notifications/made-up")).isEmpty();
    road.settle();
    assertThat(road.exchanges().outcomes()).allMatch(Outcome.Served.class::isInstance);
  }

  private static String notification(String method) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"requestId\":1}}";
  }

  private void post(String session, String body) {
    RawAnswer taken = RawCaller.ask(road, RawRequest.legacy("old", session, body));
    assertThat(taken.status()).isEqualTo(202);
  }
}
