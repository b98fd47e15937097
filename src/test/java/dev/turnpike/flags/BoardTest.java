package dev.turnpike.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.flags.Decision.Because;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final String ALPHA = "alpha.mcp-tasks";
  private static final String STABLE = "protocol.mcp.x";
  private static final String ALL = "gateway.alpha.all";
  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final Board board =
      new Board(
          Map.of(ALPHA, Stage.ALPHA, STABLE, Stage.STABLE, ALL, Stage.STABLE),
          _ ->
              (key, fallback, circumstances) -> {
                asked.incrementAndGet();
                return new Engine.Answer(
                    fallback || circumstances.namespace().equals("labs"), "targeting");
              },
          now::get);

  private void start() {
    board.files(FlagText.set(ALPHA, FlagText.alpha(ALPHA), STABLE, FlagText.stable(STABLE)));
    board.switches(Switches.NONE);
    board.listen(told::incrementAndGet);
  }

  private static Switched to(boolean on, String key, String tenant, Optional<Instant> expires) {
    return new Switched(
        key,
        tenant.isEmpty() ? Optional.empty() : Optional.of(tenant),
        on,
        "a trial",
        "ann",
        START,
        expires);
  }

  private void switched(Switched... all) {
    board.switches(new Switches(List.of(all), true));
  }

  private Decision of(String key, String tenant) {
    return board.decide(key, Circumstances.ofTenant(tenant));
  }

  @Test
  void withoutFilesAlphasAreOffAndWhatWasReleasedIsOn() {
    board.switches(new Switches(List.of(to(true, ALPHA, "", Optional.empty())), true));
    assertThat(of(ALPHA, "labs").on()).isFalse();
    assertThat(of(STABLE, "labs").on()).isTrue();
    start();
    switched(to(true, ALPHA, "", Optional.empty()));
    assertThat(of(ALPHA, "labs").on()).isTrue();
    board.filesLost();
    assertThat(of(ALPHA, "labs")).matches(d -> !d.on() && d.because() == Because.STAGE);
    assertThat(of(STABLE, "labs").on()).isTrue();
  }

  @Test
  void alphasAreOffUntilItIsKnownWhatWasSwitched() {
    board.files(
        FlagText.set(
            ALPHA, FlagText.alpha(ALPHA).replace("\"metadata\"", "\"targeting\":{},\"metadata\"")));
    assertThat(board.decide(ALPHA, labs()).on()).isFalse();
    board.switches(Switches.NONE);
    assertThat(board.decide(ALPHA, labs()).on()).isTrue();
  }

  private static Circumstances labs() {
    return new Circumstances("none", "", "", "labs", "", "");
  }

  @Test
  void aSwitchIsForItsTenantAlone() {
    start();
    switched(to(true, ALPHA, "labs", Optional.empty()));
    assertThat(of(ALPHA, "labs")).matches(d -> d.on() && d.because() == Because.TENANT);
    assertThat(of(ALPHA, "other")).matches(d -> !d.on() && d.because() == Because.FILE);
    assertThat(of(ALPHA, "none").on()).isFalse();
    switched(to(true, ALPHA, "", Optional.empty()), to(false, ALPHA, "labs", Optional.empty()));
    assertThat(of(ALPHA, "labs").on()).isFalse();
    assertThat(of(ALPHA, "other")).matches(d -> d.on() && d.because() == Because.ALL);
  }

  @Test
  void aKillSwitchIsStrongerThanAnySwitch() {
    start();
    switched(to(true, ALPHA, "labs", Optional.empty()), to(false, ALL, "", Optional.empty()));
    assertThat(of(ALPHA, "labs")).matches(d -> !d.on() && d.because() == Because.KILL_SWITCH);
    assertThat(of(STABLE, "labs").on()).isTrue();
  }

  @Test
  void whatIsTurnedOffForAllIsOffForWhoHadItOn() {
    start();
    switched(
        to(true, ALPHA, "labs", Optional.empty()),
        to(true, ALL, "labs", Optional.empty()),
        to(false, ALL, "", Optional.empty()));
    assertThat(of(ALPHA, "labs").on()).isFalse();
  }

  @Test
  void theSwitchOfAllAlphasNeedsNoMention() {
    board.files(
        FlagText.set(
            ALPHA,
            FlagText.alpha(ALPHA).replace("gateway.alpha.all", "my.kill"),
            "my.kill",
            FlagText.SWITCH.replace("gateway.alpha.all", "my.kill")));
    switched(to(true, ALPHA, "labs", Optional.empty()));
    assertThat(of(ALPHA, "labs").on()).isTrue();
    switched(to(true, ALPHA, "labs", Optional.empty()), to(false, ALL, "", Optional.empty()));
    assertThat(of(ALPHA, "labs")).matches(d -> !d.on() && d.because() == Because.KILL_SWITCH);
  }

  @Test
  void anAlphaIsOffAfterItsLastDayWhateverWasSwitched() {
    start();
    switched(to(true, ALPHA, "labs", Optional.empty()));
    now.set(Instant.parse("2027-01-31T23:59:59Z"));
    assertThat(of(ALPHA, "labs").on()).isTrue();
    now.set(Instant.parse("2027-02-01T00:00:00Z"));
    assertThat(of(ALPHA, "labs")).matches(d -> !d.on() && d.because() == Because.EXPIRED);
  }

  @Test
  void aSwitchEndsWhenItExpiresAndListenersAreToldOnce() {
    start();
    switched(to(false, STABLE, "", Optional.of(START.plus(Duration.ofHours(1)))));
    int before = told.get();
    assertThat(of(STABLE, "labs").on()).isFalse();
    now.set(START.plus(Duration.ofHours(1)));
    assertThat(of(STABLE, "labs").on()).isTrue();
    board.sweep();
    board.sweep();
    assertThat(told.get()).isEqualTo(before + 1);
  }

  @Test
  void aLockedFlagIsWhatItsFileSays() {
    board.files(
        FlagText.set(
            STABLE,
            FlagText.stable(STABLE)
                .replace("\"kind\":\"protocol\"", "\"locked\":true,\"kind\":\"ops\"")));
    switched(to(false, STABLE, "", Optional.empty()));
    assertThat(of(STABLE, "labs").on()).isTrue();
  }

  @Test
  void nothingIsOnThatNobodyKnows() {
    start();
    switched(to(true, "alpha.made-up", "", Optional.empty()));
    assertThat(of("alpha.made-up", "labs")).matches(d -> !d.on() && d.because() == Because.UNKNOWN);
  }

  @Test
  void whatWasDecidedIsKeptUntilSomethingChanges() {
    start();
    Caller ann =
        new Caller(
            Optional.empty(),
            Optional.of(new Subject("ann", "c", "acme", List.of(), List.of(), Map.of())));
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      assertThat(board.on(STABLE, ann, "pay")).isTrue();
    }
    assertThat(asked.get()).isEqualTo(1);
    switched(to(false, STABLE, "acme", Optional.empty()));
    assertThat(board.on(STABLE, ann, "pay")).isFalse();
    int before = told.get();
    switched(to(false, STABLE, "acme", Optional.empty()));
    assertThat(told.get()).as("nothing has changed").isEqualTo(before);
  }
}
