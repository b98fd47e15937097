package dev.turnpike.protocol.alpha.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Subject;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.Protocols;
import dev.turnpike.protocol.Signs;
import dev.turnpike.testkit.Requests;
import dev.turnpike.testkit.Served;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** An alpha among the protocols: by whom it is seen, and what it cannot take. */
class PluggedInTest {
  private static final Endpoints ENDPOINTS = Served.anonymously("demo");
  private static final Inbound ECHO = Requests.post("/toy/demo", "hello");
  private static final Inbound STRANGE = Requests.post("/strange/demo", "hello");
  private static final Caller ACME = of("acme");
  private static final BiPredicate<String, Caller> OFF = (_, _) -> false;
  private static final BiPredicate<String, Caller> ON = (_, _) -> true;

  private final Toy toy = new Toy();

  @Test
  void isOffUntilItsFlagIsTurnedOn() {
    assertThat(refused(new Protocols(List.of(toy), OFF), ECHO))
        .isEqualTo(new Refusal.NoSuchEndpoint());
  }

  @Test
  void isAnsweredLikeSomethingUnknownWhileItIsOff() {
    Protocols protocols = new Protocols(List.of(toy), OFF);
    assertThat(refused(protocols, ECHO)).isEqualTo(refused(protocols, STRANGE));
  }

  @Test
  void isClaimedWhenItsFlagIsOn() throws Refused {
    assertThat(new Protocols(List.of(toy), ON).claim(ECHO, ACME, ENDPOINTS)).isSameAs(toy);
  }

  @Test
  void isSeenOnlyByTheTenantsItsFlagIsOnFor() throws Refused {
    Protocols protocols =
        new Protocols(
            List.of(toy),
            (flag, caller) -> flag.equals("alpha.toy") && caller.tenant().equals("acme"));
    assertThat(protocols.claim(ECHO, ACME, ENDPOINTS)).isSameAs(toy);
    assertThat(refused(protocols, ECHO)).isEqualTo(new Refusal.NoSuchEndpoint());
  }

  @Test
  void cannotTakeARequestOfAStableProtocolHoweverGreedyItIsAndWhereverItStands() throws Refused {
    Protocol stable = new Stable();
    Alpha greedy = new Greedy();
    Inbound request = Requests.post("/mcp/demo", "{}");
    assertThat(greedy.claims(request, ENDPOINTS)).isTrue();
    assertThat(new Protocols(List.of(greedy, stable), ON).claim(request, ACME, ENDPOINTS))
        .isSameAs(stable);
    assertThat(new Protocols(List.of(stable, greedy), ON).claim(request, ACME, ENDPOINTS))
        .isSameAs(stable);
  }

  private static Refusal refused(Protocols protocols, Inbound inbound) {
    return catchThrowableOfType(
            Refused.class, () -> protocols.claim(inbound, Caller.ANONYMOUS, ENDPOINTS))
        .reason();
  }

  private static Caller of(String tenant) {
    Subject subject = new Subject("ann", "app", tenant, List.of(), List.of(), Map.of());
    return new Caller(Optional.empty(), Optional.of(subject));
  }

  /** Claims every request there is. */
  private record Greedy() implements Alpha {
    @Override
    public String id() {
      return "greedy";
    }

    @Override
    public Signs signs() {
      return Signs.below("/");
    }

    @Override
    public boolean claims(Inbound inbound, Endpoints endpoints) {
      return true;
    }

    @Override
    public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
      throw new Refused(new Refusal.NoSuchEndpoint());
    }

    @Override
    public void refuse(Refusal reason, Inbound inbound, Reply reply) {
      reply.answer(404);
    }
  }

  /** Claims its endpoints and nothing else, as a stable protocol does. */
  private record Stable() implements Protocol {
    @Override
    public String id() {
      return "stable";
    }

    @Override
    public boolean claims(Inbound inbound, Endpoints endpoints) {
      return endpoints.at(inbound.path()).isPresent();
    }

    @Override
    public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
      throw new Refused(new Refusal.NoSuchEndpoint());
    }

    @Override
    public void refuse(Refusal reason, Inbound inbound, Reply reply) {
      reply.answer(404);
    }
  }
}
