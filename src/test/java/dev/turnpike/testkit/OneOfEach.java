package dev.turnpike.testkit;

import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One of each refusal, so that a new one is met by every test that goes through them. */
public final class OneOfEach {
  private OneOfEach() {}

  public static List<Refusal> refusal() {
    Target tool = new Target(Target.Kind.TOOL, "forget");
    List<Refusal> all =
        List.of(
            new Refusal.Malformed("trailing bytes"),
            new Refusal.TooLarge(4_194_304),
            new Refusal.ForeignOrigin("Host"),
            new Refusal.Unauthenticated(Challenge.PLAIN),
            new Refusal.ScopeMissing(
                new Challenge(
                    Optional.of(Challenge.Error.INSUFFICIENT_SCOPE),
                    List.of("refund:write"),
                    Optional.empty())),
            new Refusal.ArgumentsRefused(tool, "amount"),
            new Refusal.NoSuchEndpoint(),
            new Refusal.NoSuchTarget(tool),
            new Refusal.NoSuchSession(),
            new Refusal.NoSuchMethod("tools/forget"),
            new Refusal.MethodNotAllowed(List.of("POST")),
            new Refusal.OverBudget(
                "per-app-minute",
                "calls",
                10,
                0,
                Duration.ofSeconds(6),
                Duration.ofMinutes(1),
                false),
            new Refusal.Overloaded("more than it can"),
            new Refusal.CountersLost("b", Duration.ofSeconds(1)),
            new Refusal.TooBusy("too many streams", Duration.ofSeconds(1)),
            new Refusal.UpstreamUnavailable("everything", "cannot be connected to"),
            new Refusal.UpstreamTimedOut("everything", "did not answer"),
            new Refusal.UpstreamShed("everything", "is left alone"),
            new Refusal.ProtocolRule(400, -32020, "Header mismatch", Map.of("header", "Mcp-Name")));
    Set<Class<?>> kinds = new HashSet<>();
    all.forEach(refusal -> kinds.add(refusal.getClass()));
    if (!kinds.equals(Set.of(Refusal.class.getPermittedSubclasses()))) {
      throw new AssertionError("a refusal is missing here: there is one of each of " + kinds);
    }
    return all;
  }
}
