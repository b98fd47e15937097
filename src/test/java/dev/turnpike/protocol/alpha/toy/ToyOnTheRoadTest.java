package dev.turnpike.protocol.alpha.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Requests;
import org.junit.jupiter.api.Test;

/** An alpha on the real road: what is off is invisible, and what is on has no side door. */
class ToyOnTheRoadTest extends ToyRoad {
  private static final Inbound ECHO = Requests.post("/toy/demo", "hello");

  private final RecordedReply reply = new RecordedReply();

  @Test
  void isAnsweredLikeAPathThatNobodyServesWhileItIsOff() {
    assertThat(send(false, ECHO, reply)).isEqualTo(turnedAway(new Refusal.NoSuchEndpoint()));

    RecordedReply unknown = new RecordedReply();
    send(false, Requests.post("/never/heard/of", "hello"), unknown);
    assertThat(reply.status()).isEqualTo(unknown.status()).isEqualTo(404);
    assertThat(reply.body()).isEqualTo(unknown.body());
    assertThat(reply.fields()).isEqualTo(unknown.fields());
  }

  @Test
  void isServedWhenItsFlagIsOnAndARuleAllowsIt() {
    assertThat(send(true, ECHO, reply)).isInstanceOf(Outcome.Served.class);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("hello");
  }

  @Test
  void isRefusedInItsOwnWordsWhereNoRuleAllowsIt() {
    assertThat(send(true, Requests.post("/toy/quiet", "hello"), reply))
        .isInstanceOf(Outcome.TurnedAway.class);
    assertThat(reply.body()).isEqualTo("toy says no: NoSuchTarget");
  }

  @Test
  void paysLikeEverybodyElse() {
    send(true, ECHO, new RecordedReply());
    send(true, ECHO, new RecordedReply());
    assertThat(send(true, ECHO, reply)).isInstanceOf(Outcome.TurnedAway.class);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.body()).isEqualTo("toy says no: OverBudget");
  }

  private static Outcome turnedAway(Refusal reason) {
    return new Outcome.TurnedAway(reason);
  }

  private Outcome send(boolean on, Inbound inbound, RecordedReply to) {
    return send(new Toy(), on, inbound, to);
  }
}
