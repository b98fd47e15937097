package dev.turnpike.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every protocol must do, stable or alpha. Its test subclasses this. */
public abstract class ProtocolContract {
  private static final Endpoints NOTHING_SERVED =
      Endpoints.of(new Setup(Map.of(), Map.of(), List.of(), List.of()));

  private static final int HUGE = 4 * 1024 * 1024;

  protected abstract Protocol protocol();

  protected abstract Endpoints endpoints();

  /** A request that needs no other before it, with a body. */
  protected abstract Inbound oneOfItsRequests();

  @Test
  void claimsItsOwn() {
    assertThat(protocol().claims(oneOfItsRequests(), endpoints())).isTrue();
  }

  @Test
  void claimsNothingWhereNothingIsServed() {
    assertThat(protocol().claims(oneOfItsRequests(), NOTHING_SERVED)).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> leavesOthersAlone() {
    String own = oneOfItsRequests().path();
    return Stream.of(
            "/",
            "",
            "/not-a-protocol",
            "/q/health/live",
            "/admin/flags",
            "/console",
            own + "/",
            own + "/x",
            own + "x",
            "/x" + own,
            "/" + own,
            own.replaceFirst("^/", "/%2e/"))
        .map(path ->
            dynamicTest(
                "<" + path + ">",
                () ->
                    assertThat(
                            protocol()
                                .claims(Requests.withPath(oneOfItsRequests(), path), endpoints()))
                        .isFalse()));
  }

  @Test
  void readsItsOwnIntoTheWordsOfTheRoad() throws Refused {
    Dialogue dialogue = read(oneOfItsRequests());
    assertThat(dialogue.call().protocol()).isEqualTo(protocol().id());
    assertThat(dialogue.call().revision()).isNotEmpty();
    assertThat(dialogue.call().method()).isNotEmpty();
    assertThat(endpoints().named(dialogue.call().endpoint())).isPresent();
    assertThat(dialogue.upstream()).isNotEmpty();
  }

  @Test
  void travelsInItsOwnLane() throws Refused {
    assertThat(read(oneOfItsRequests()).call().lane()).isEqualTo(lane());
  }

  /** That of its calls. */
  protected Lane lane() {
    return protocol() instanceof Alpha ? Lane.EXPERIMENTAL : Lane.STABLE;
  }

  @TestFactory
  Stream<DynamicTest> saysEachRefusalOnceToWhatItHasRead() {
    return OneOfEach.refusal().stream()
        .map(refusal ->
            dynamicTest(
                refusal.getClass().getSimpleName(),
                () -> {
                  RecordedReply reply = new RecordedReply();
                  read(oneOfItsRequests()).refuse(refusal, reply);
                  assertSaidNo(refusal, reply);
                }));
  }

  @TestFactory
  Stream<DynamicTest> saysEachRefusalOnceToWhatItCouldNotRead() {
    return OneOfEach.refusal().stream()
        .map(refusal ->
            dynamicTest(
                refusal.getClass().getSimpleName(),
                () -> {
                  RecordedReply reply = new RecordedReply();
                  Inbound unread =
                      Requests.withBody(oneOfItsRequests(), Payload.of("\u0000{not it"));
                  protocol().refuse(refusal, unread, reply);
                  assertSaidNo(refusal, reply);
                }));
  }

  @TestFactory
  Stream<DynamicTest> takesOrRefusesEveryHttpMethod() {
    return Stream.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY")
        .map(method ->
            dynamicTest(
                method, () -> takesOrRefuses(Requests.withMethod(oneOfItsRequests(), method))));
  }

  @Test
  void takesOrRefusesItsRequestCutOffAnywhere() {
    Payload whole = oneOfItsRequests().body();
    for (int length = 0; length < whole.size(); length++) {
      takesOrRefuses(Requests.withBody(oneOfItsRequests(), whole.slice(0, length)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void takesOrRefusesGarbage(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] own = oneOfItsRequests().body().copy();
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      takesOrRefuses(Requests.withBody(oneOfItsRequests(), Payload.of(noise)));

      byte[] bent = own.clone();
      for (int i = 0; i < 3 && bent.length > 0; i++) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      }
      takesOrRefuses(Requests.withBody(oneOfItsRequests(), Payload.of(bent)));
    }
  }

  @TestFactory
  Stream<DynamicTest> takesOrRefusesWhatIsHuge() {
    return Map.of(
            "nested",
            "[".repeat(HUGE),
            "one string",
            "\"" + "x".repeat(HUGE) + "\"",
            "many members",
            "[" + "0,".repeat(HUGE / 2) + "0]",
            "blank",
            " ".repeat(HUGE))
        .entrySet()
        .stream()
        .map(body ->
            dynamicTest(
                body.getKey(),
                () ->
                    takesOrRefuses(
                        Requests.withBody(oneOfItsRequests(), Payload.of(body.getValue())))));
  }

  /** Whatever comes: a dialogue, the parts of several, or a refusal that it can say, once. */
  private void takesOrRefuses(Inbound inbound) {
    RecordedReply reply = new RecordedReply();
    try {
      if (protocol().split(inbound, Caller.ANONYMOUS, endpoints(), reply).isEmpty()) {
        assertThat(read(inbound).call().protocol()).isEqualTo(protocol().id());
      }
      assertThat(reply.committed()).isFalse();
    } catch (Refused refused) {
      assertThat(reply.committed()).isFalse();
      protocol().refuse(refused.reason(), inbound, reply);
      assertSaidNo(refused.reason(), reply);
    }
  }

  private Dialogue read(Inbound inbound) throws Refused {
    return protocol().read(inbound, Caller.ANONYMOUS, endpoints());
  }

  // an answer with status 200 must say no in its body; any other may leave it to the status
  private static void assertSaidNo(Refusal refusal, RecordedReply reply) {
    assertThat(reply.status()).as(refusal.toString()).matches(ProtocolContract::refuses);
    assertThat(reply.body().isEmpty()).isEqualTo(reply.contentType().isEmpty());
    if (reply.status() == 200) {
      assertThat(reply.body()).as(refusal.toString()).isNotEmpty();
    }
  }

  private static boolean refuses(int status) {
    return status == 200 || (status >= 400 && status < 600);
  }
}
