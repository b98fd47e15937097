package dev.turnpike.protocol.mcp.duplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.testkit.Eventually;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The session that the sessions of all callers stand for, in a revision that is on. */
class CalledRevisionsTest {
  private static final String NEWEST = "2025-11-25";
  private static final String OLDER = "2025-06-18";
  private static final Caller ANN = OneDuplex.caller("ann");

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final OneDuplex way =
      new OneDuplex(true, 4, Duration.ofSeconds(10), (revision, _) -> !off.contains(revision));

  @AfterEach
  void end() {
    way.close();
  }

  private String session(String agreed) {
    int before = way.channels.size();
    OneDuplex.Asked asked = way.ask("POST", "", OneDuplex.OPEN, ANN);
    Eventually.holds("there is a peer", () -> way.channels.size() > before);
    way.channels.last().answer(OneDuplex.OPENED.replace(NEWEST, agreed));
    return OneDuplex.head(asked).headers().first("mcp-session-id").orElseThrow();
  }

  @Test
  void isProposedInTheNewestThatIsOn() {
    off.add(NEWEST);
    session(OLDER);
    assertThat(way.channels.last().written().getFirst()).contains(OLDER).doesNotContain(NEWEST);
  }

  @Test
  void isNotBegunAgainWhereThePeerAgreesToWhatIsOff() {
    off.add(OLDER);
    session(OLDER);
    way.ask("POST", "", OneDuplex.OPEN, ANN);
    way.sweep();
    way.ask("POST", "", OneDuplex.OPEN, ANN);
    assertThat(way.channels.size()).isEqualTo(1);
  }

  @Test
  void isNotOpenedAtAllWhereNoneIsOn() {
    off.addAll(Set.of(NEWEST, OLDER, "2025-03-26"));
    assertThat(way.ask("POST", "", OneDuplex.OPEN, ANN).over.join()).contains("no revision");
    assertThat(way.channels.size()).isZero();
  }

  @Test
  void isOpenedAnewAndTheOldEndsWhenNothingIsUnderWayThere() {
    String first = session(NEWEST);
    OneDuplex.Asked call = way.ask("POST", first, OneDuplex.CALL, ANN);
    off.add(NEWEST);
    way.sweep();
    assertThat(way.channels.at(0).closed()).isFalse();
    session(OLDER);
    assertThat(way.channels.size()).isEqualTo(2);
    way.channels.at(0).answer("{}");
    assertThat(call.over.join()).isEqualTo("ended");
    way.sweep();
    assertThat(way.channels.at(0).closed()).isTrue();
    assertThat(way.channels.at(1).closed()).isFalse();
    OneDuplex.Asked next = way.ask("POST", first, OneDuplex.CALL, ANN);
    way.channels.at(1).answer("{}");
    assertThat(next.over.join()).isEqualTo("ended");
  }
}
