package dev.turnpike.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.testkit.RecordedSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Caller OTHER =
      new Caller(
          Optional.of(new Workload("spiffe://cluster.local/ns/a/sa/b", "cluster.local", "a", "b")),
          Optional.empty());

  private final AtomicLong now = new AtomicLong();
  private final Sessions sessions =
      new Sessions(
          new Sessions.Limits(Duration.ofMinutes(30), 3, 1, 2),
          ReplayLimits.DEFAULT,
          now::get,
          RandomGenerator.of("L64X128MixRandom"));

  private Session open() {
    return sessions.open(
        Caller.ANONYMOUS, "demo", "2025-11-25", "http://127.0.0.1:1/mcp", Optional.of("theirs"));
  }

  @Test
  void aCallerThatIsKnownHasABoundOfItsOwn() {
    assertThat(sessions.roomFor(OTHER, "demo")).isTrue();
    sessions.open(OTHER, "demo", "2025-11-25", "http://127.0.0.1:1/mcp", Optional.empty());
    assertThat(sessions.roomFor(OTHER, "demo")).isFalse();
    assertThat(sessions.roomFor(OTHER, "other")).isTrue();
    assertThat(sessions.roomFor(Caller.ANONYMOUS, "demo")).isTrue();
  }

  @Test
  void givesItToItsOwnCallerOnItsOwnEndpointOnly() {
    Session session = open();
    assertThat(sessions.find(session.id(), Caller.ANONYMOUS, "demo")).contains(session);
    assertThat(sessions.find(session.id(), OTHER, "demo")).isEmpty();
    assertThat(sessions.find(session.id(), Caller.ANONYMOUS, "other")).isEmpty();
    assertThat(sessions.find(session.id() + "x", Caller.ANONYMOUS, "demo")).isEmpty();
  }

  @Test
  void hasIdsOf256BitsThatAreNotTheUpstreams() {
    Session session = open();
    assertThat(Base64.getUrlDecoder().decode(session.id())).hasSize(32);
    assertThat(open().id()).isNotEqualTo(session.id());
    assertThat(session.id()).doesNotContain("theirs");
  }

  @Test
  void isGoneOnceEnded() {
    Session session = open();
    assertThat(sessions.end(session)).isTrue();
    assertThat(sessions.end(session)).isFalse();
    assertThat(sessions.find(session.id(), Caller.ANONYMOUS, "demo")).isEmpty();
  }

  @Test
  void stopsWhatFeedsAStreamHoweverLateTheStreamOpens() {
    Session session = open();
    List<String> stopped = new ArrayList<>();
    EventLog before = session.open();
    before.whenAbandoned(() -> stopped.add("before"));
    sessions.end(session);
    assertThat(stopped).containsExactly("before");
    EventLog late = session.open();
    RecordedSink sink = new RecordedSink();
    late.attach(sink);
    assertThat(sink.closed()).isTrue();
    late.whenAbandoned(() -> stopped.add("late"));
    assertThat(stopped).containsExactly("before", "late");
  }

  @Test
  void endsWhatIsIdleAndNobodyListensTo() {
    Session idle = open();
    Session listening = open();
    listening.open().attach(new RecordedSink());
    now.addAndGet(Duration.ofMinutes(31).toNanos());
    assertThat(sessions.sweep()).containsExactly(idle);
    assertThat(sessions.all()).containsExactly(listening);
  }

  @Test
  void lastsAsLongAsItIsUsed() {
    Session session = open();
    now.addAndGet(Duration.ofMinutes(20).toNanos());
    assertThat(sessions.find(session.id(), Caller.ANONYMOUS, "demo")).isPresent();
    now.addAndGet(Duration.ofMinutes(20).toNanos());
    assertThat(sessions.sweep()).isEmpty();
  }

  @Test
  void hasRoomForSoManyInAllAndOfOneCaller() {
    open();
    assertThat(sessions.roomFor(Caller.ANONYMOUS, "demo")).isTrue();
    open();
    assertThat(sessions.roomFor(Caller.ANONYMOUS, "demo")).isFalse();
    assertThat(sessions.roomFor(OTHER, "demo")).isTrue();
    sessions.open(OTHER, "demo", "2025-11-25", "http://127.0.0.1:1/mcp", Optional.empty());
    assertThat(sessions.roomFor(OTHER, "demo")).isFalse();
  }

  @Test
  void takesAnAnswerToAQuestionOnce() {
    Session session = open();
    RpcId question = new RpcId.Num("7");
    session.asked(question);
    assertThat(session.answers(new RpcId.Text("7", "\"7\""))).isFalse();
    assertThat(session.answers(question)).isTrue();
    assertThat(session.answers(question)).isFalse();
  }

  @Test
  void remembersOnlySoManyQuestions() {
    Session session = open();
    for (int i = 0; i < 300; i++) {
      session.asked(new RpcId.Num(Integer.toString(i)));
    }
    assertThat(session.answers(new RpcId.Num("0"))).isFalse();
    assertThat(session.answers(new RpcId.Num("299"))).isTrue();
  }
}
