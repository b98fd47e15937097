package dev.turnpike.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.rpc.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which exchanges are written down, and what of them. */
class AuditedTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final Inbound INBOUND =
      new Inbound("POST", "/mcp/pay", Headers.NONE, Payload.of("{\"secret\":\"in the body\"}"));
  private static final Caller ANN = Exchanges.subject("ann", "acme", "payers");
  private static final Call CALL =
      Exchanges.call("pay", "pay_refund", "{\"secret\":\"an argument\"}");
  private static final Target REFUND = new Target(Target.Kind.TOOL, "pay_refund");

  private final List<Deed> kept = new ArrayList<>();
  private final Audited audited = new Audited(kept::add, new Repeats(kept::add), () -> AT);

  private Watch called() {
    Watch watch = audited.begun(INBOUND);
    watch.identified(ANN);
    watch.governed("0123456789ab");
    watch.read(CALL);
    watch.routed("bank");
    return watch;
  }

  @Test
  void aRefusalSaysWhoWhatWhichRuleAndWhichRules() {
    called().ended(new Outcome.TurnedAway(new Refusal.NoSuchTarget(REFUND), "never"));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().members())
        .containsEntry("kind", "refused")
        .containsEntry("caller", "ann")
        .containsEntry("tenant", "acme")
        .containsEntry("endpoint", "pay")
        .containsEntry("upstream", "bank")
        .containsEntry("target", "pay_refund")
        .containsEntry("lane", "stable")
        .containsEntry("rule", "never")
        .containsEntry("policy", "0123456789ab")
        .containsEntry("refusal", "no_such_target")
        .containsEntry("tokens", 0L);
    assertThat(Links.line(1, kept.getFirst(), Links.BEGINNING)).doesNotContain("secret");
  }

  @Test
  void aPermitIsWrittenWhereARuleWantsThat() {
    Watch watch = called();
    watch.permitted(new Grounds("payers-pay", List.of(), true));
    watch.ended(
        new Outcome.Served(new Usage(Count.counted(30), Count.estimated(12), 0, Count.NONE)));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().members())
        .containsEntry("kind", "permitted")
        .containsEntry("rule", "payers-pay")
        .containsEntry("outcome", "served")
        .containsEntry("tokens", 42L);
  }

  @Test
  void aPermitThatNoRuleWantsKeptIsNot() {
    Watch watch = called();
    watch.permitted(new Grounds("payers-pay", List.of(), false));
    watch.ended(new Outcome.Served(Usage.NONE));
    assertThat(kept).isEmpty();
  }

  @Test
  void whatIsNoDecisionIsNotWritten() {
    called().ended(new Outcome.TurnedAway(new Refusal.UpstreamTimedOut("bank", "late")));
    called().ended(new Outcome.TurnedAway(new Refusal.Malformed("odd")));
    // nobody decided: the upstream has no such tool
    called().ended(new Outcome.TurnedAway(new Refusal.NoSuchTarget(REFUND)));
    assertThat(kept).isEmpty();
  }

  @Test
  void whoIsNotKnownIsWrittenWithThePath() {
    audited
        .begun(INBOUND)
        .ended(new Outcome.TurnedAway(new Refusal.Unauthenticated(Challenge.PLAIN)));
    assertThat(kept.getFirst().members())
        .containsEntry("caller", "anonymous")
        .containsEntry("path", "/mcp/pay")
        .containsEntry("refusal", "unauthenticated");
  }
}
