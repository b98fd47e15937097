package dev.turnpike.protocol.mcp.duplex;

import static dev.turnpike.protocol.mcp.duplex.OneDuplex.CALL;
import static dev.turnpike.protocol.mcp.duplex.OneDuplex.OPEN;
import static dev.turnpike.protocol.mcp.duplex.OneDuplex.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.upstream.Answered;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held for callers on channels, and when it is let go of. */
class DuplexTest {
  private static final Caller ANN = OneDuplex.caller("ann");
  private static final Caller BEN = OneDuplex.caller("ben");
  private static final Caller CID = OneDuplex.caller("cid");
  private static final Duration LONG = Duration.ofSeconds(61);
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private OneDuplex way = new OneDuplex(false, 2, AMPLE);

  private void serve(boolean shared, int most, Duration timeout) {
    way.close();
    way = new OneDuplex(shared, most, timeout);
  }

  @AfterEach
  void end() {
    way.close();
  }

  private String refused(Caller caller) {
    return way.ask("POST", "", OPEN, caller).over.join();
  }

  private void listen(String session) {
    way.ask("GET", session, "", ANN);
  }

  @Test
  void whoHasMostPlacesGivesOneToWhoHasNone() {
    String first = way.session(ANN);
    way.pass(Duration.ofSeconds(1));
    String second = way.session(ANN);
    listen(first);
    listen(second);
    way.session(BEN);
    assertThat(way.channels.at(0).closed()).isTrue();
    assertThat(way.status(first, ANN)).isEqualTo(404);
    assertThat(way.channels.at(1).closed()).isFalse();
    assertThat(refused(CID)).contains("that it may have");
  }

  @Test
  void aSessionGivesWayToAnotherOfItsCallerOnlyWhenItIsNotUsedAnyMore() {
    String first = way.session(ANN);
    listen(way.session(ANN));
    assertThat(refused(ANN)).contains("that it may have");
    way.pass(LONG);
    way.session(ANN);
    assertThat(way.status(first, ANN)).isEqualTo(404);
    way.pass(LONG);
    listen(way.session(ANN));
    way.pass(LONG);
    assertThat(refused(ANN)).contains("that it may have");
  }

  @Test
  void aSessionWithACallUnderWayGivesWayToNobody() {
    way.ask("POST", way.session(ANN), CALL, ANN);
    way.ask("POST", way.session(ANN), CALL, ANN);
    way.pass(LONG);
    assertThat(refused(BEN)).contains("that it may have");
    way.channels.at(1).answer("{}");
    way.pass(LONG);
    way.session(BEN);
    assertThat(way.channels.at(0).closed()).isFalse();
  }

  @Test
  void noMoreAreOnTheirWayOutThanMayBeThere() {
    serve(false, 1, AMPLE);
    way.channels.linger();
    way.session(ANN);
    way.pass(LONG);
    way.session(BEN);
    way.pass(LONG);
    assertThat(refused(CID)).contains("that it may have");
    way.channels.at(0).gone();
    way.session(CID);
    assertThat(way.channels.size()).isEqualTo(3);
  }

  @Test
  void aSessionWhoseOpeningNobodyWaitedForEnds() {
    OneDuplex.Asked asked = way.begin("POST", "", OPEN, ANN);
    way.on(() -> {
      asked.attempt.cancel();
      return true;
    });
    Eventually.holds("it is ended", () -> way.channels.at(0).closed());
  }

  @Test
  void aSessionWhoseOpeningWasAnsweredToNobodyEnds() {
    OneDuplex.Asked asked = way.begin("POST", "", OPEN, ANN);
    way.channels.last().answer(OPENED);
    String session = OneDuplex.head(asked).headers().first(Words.HEADER_SESSION).orElseThrow();
    way.on(() -> {
      asked.attempt.cancel();
      return true;
    });
    Eventually.holds("it is ended", () -> way.channels.at(0).closed());
    assertThat(way.status(session, ANN)).isEqualTo(404);
  }

  @Test
  void aSessionStaysWhereNothingMoreIsWantedThanTheAnswer() {
    OneDuplex.Asked asked = way.begin("POST", "", OPEN, ANN);
    way.channels.last().answer(OPENED);
    Answered head = OneDuplex.head(asked);
    asked.then = head::finish;
    way.on(() -> {
      head.read(asked);
      return true;
    });
    assertThat(asked.heard).hasSize(1);
    assertThat(way.channels.at(0).closed()).isFalse();
  }

  @Test
  void aSessionThatWasOpenedStays() {
    String session = way.session(ANN);
    way.pass(LONG);
    way.sweep();
    OneDuplex.Asked asked = way.ask("POST", session, CALL, ANN);
    way.channels.last().answer("{}");
    assertThat(asked.over.join()).isEqualTo("ended");
    assertThat(asked.heard).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}");
  }

  @Test
  void whatNobodyListensToIsKeptWithinBounds() {
    String session = way.session(ANN);
    String large = "x".repeat(200_000);
    for (int i = 0; i < 10; i++) {
      way.channels
          .last()
          .say(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/n%d\",\"params\":{\"a\":\"%s\"}}"
                  .formatted(i, large));
    }
    OneDuplex.Asked stream = way.ask("GET", session, "", ANN);
    way.channels.last().say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/last\"}");
    Eventually.holds(
        "the last of it is heard",
        () -> stream.heard.stream().anyMatch(said -> said.contains("notifications/last")));
    assertThat(stream.heard)
        .hasSize(3)
        .anyMatch(said -> said.contains("notifications/n8"))
        .anyMatch(said -> said.contains("notifications/n9"));
    assertThat(stream.over).isNotDone();
  }

  @Test
  void aLogLineThatMayBeOfALeftCallIsGivenToNobodyWhereManyShare() {
    serve(true, 2, AMPLE);
    OneDuplex.Asked left = way.ask("POST", "", CALL, ANN);
    OneDuplex.Asked stays = way.ask("POST", "", CALL, BEN);
    way.on(() -> {
      left.attempt.cancel();
      return true;
    });
    way.channels
        .last()
        .say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}");
    way.channels.last().say("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
    assertThat(stays.over.join()).isEqualTo("ended");
    assertThat(stays.heard).hasSize(1);
    way.pass(Duration.ofSeconds(121));
    OneDuplex.Asked later = way.ask("POST", "", CALL, BEN);
    way.channels
        .last()
        .say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}");
    way.channels.last().say("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
    assertThat(later.over.join()).isEqualTo("ended");
    assertThat(later.heard).hasSize(2);
  }

  @Test
  void aSilentPeerIsTakenForAnOlderOneBeforeTheTimeIsOver() {
    serve(false, 2, Duration.ofSeconds(1));
    OneDuplex.Asked asked =
        way.ask(
            "POST",
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"server/discover\",\"params\":{}}",
            ANN);
    assertThat(asked.over.join()).isEqualTo("ended");
    assertThat(asked.heard.getFirst()).contains("\"id\":3", "-32601");
  }

  @Test
  void aPeerThatIsGoneWithoutAWordIsEnded() {
    serve(false, 2, Duration.ofMillis(200));
    assertThat(way.ask("POST", "", CALL, ANN).over.join()).contains("did not answer");
    way.sweep();
    assertThat(way.channels.last().written()).last().asString().contains("\"ping\"");
    way.pass(Duration.ofSeconds(31));
    way.sweep();
    assertThat(way.channels.last().closed()).isTrue();
  }

  @Test
  void aPeerThatIsGoneIsEndedAlsoWhereCallersKeepAsking() {
    serve(false, 2, Duration.ofMillis(200));
    for (int i = 0; i < 3; i++) {
      assertThat(way.ask("POST", "", CALL, ANN).over.join()).contains("did not answer");
    }
    way.ask("POST", "", CALL, ANN);
    way.sweep();
    way.pass(Duration.ofSeconds(31));
    way.ask("POST", "", CALL, ANN);
    way.sweep();
    assertThat(way.channels.last().closed()).isFalse();
    way.pass(Duration.ofSeconds(121));
    way.ask("POST", "", CALL, ANN);
    way.sweep();
    assertThat(way.channels.last().closed()).isTrue();
  }

  @Test
  void aPeerThatIsOnlySlowStays() {
    serve(false, 2, Duration.ofMillis(200));
    assertThat(way.ask("POST", "", CALL, ANN).over.join()).contains("did not answer");
    way.sweep();
    way.channels.last().answer("{}");
    way.pass(Duration.ofSeconds(31));
    way.sweep();
    way.sweep();
    assertThat(way.channels.last().closed()).isFalse();
  }

  @Test
  void aSessionSubscribesToAThousandResourcesAtMost() {
    serve(true, 2, AMPLE);
    OneDuplex.Asked opening = way.ask("POST", "", OPEN, ANN);
    way.channels.last().answer(OPENED);
    String session = OneDuplex.head(opening).headers().first(Words.HEADER_SESSION).orElseThrow();
    for (int i = 0; i < 1_100; i++) {
      way.ask(
          "POST",
          session,
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"a://%d\"}}"
              .formatted(i),
          ANN);
    }
    way.ask("DELETE", session, "", ANN);
    assertThat(
            way.channels.last().written().stream()
                .filter(said -> said.contains("resources/unsubscribe")))
        .hasSize(1_000);
  }
}
