package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exchanges to tell listeners of. */
final class Told {
  static final Outcome SERVED = new Outcome.Served(Usage.NONE);

  static final Inbound INBOUND =
      new Inbound(
          "POST",
          "/mcp/demo",
          name -> List.of("a-header-value"),
          Payload.of("{\"secret\":\"argument\"}"));

  private Told() {}

  static final Grounds ANYONE = new Grounds("anyone", List.of(), false);

  static Inbound at(String path) {
    return new Inbound("GET", path, Headers.NONE, Payload.EMPTY);
  }

  static Caller caller(String subject, String tenant) {
    return new Caller(
        Optional.empty(),
        Optional.of(new Subject(subject, "c", tenant, List.of(), List.of(), Map.of("k", "claim"))));
  }

  static Call call(String endpoint, String method, String target) {
    return new Call(
        "mcp",
        "2026-07-28",
        endpoint,
        Verb.INVOKE,
        method,
        Optional.of(new Target(Target.Kind.TOOL, target)),
        Optional.of(Payload.of("{\"secret\":\"argument\"}")),
        Lane.STABLE);
  }

  /** The whole road, to this end. */
  static void wholeRoad(ExchangeListener listener, Outcome outcome) {
    ExchangeListener.Watch watch = listener.begun(INBOUND);
    watch.identified(caller("ada", "acme"));
    watch.read(call("demo", "tools/call", "echo"));
    watch.routed("demo-up");
    watch.permitted(ANYONE);
    watch.reserved(List.of(), Usage.NONE);
    watch.answered();
    watch.delivered();
    watch.ended(outcome);
  }

  /** One of each; a new refusal is missing here until it is added, and a test notices. */
  static List<Refusal> oneOfEach() {
    return List.of(
        new Refusal.Malformed("d"),
        new Refusal.TooLarge(1),
        new Refusal.ForeignOrigin("Host"),
        new Refusal.Unauthenticated(Challenge.PLAIN),
        new Refusal.ScopeMissing(
            new Challenge(
                Optional.of(Challenge.Error.INSUFFICIENT_SCOPE), List.of("s"), Optional.empty())),
        new Refusal.ArgumentsRefused(new Target(Target.Kind.TOOL, "t"), "d"),
        new Refusal.NoSuchEndpoint(),
        new Refusal.NoSuchTarget(new Target(Target.Kind.TOOL, "t")),
        new Refusal.NoSuchSession(),
        new Refusal.NoSuchMethod("m"),
        new Refusal.MethodNotAllowed(List.of("POST")),
        new Refusal.OverBudget("b", "calls", 1, 0, Duration.ZERO, Duration.ZERO, false),
        new Refusal.Overloaded("d"),
        new Refusal.TooBusy("d", Duration.ZERO),
        new Refusal.CountersLost("b", Duration.ZERO),
        new Refusal.UpstreamUnavailable("u", "r"),
        new Refusal.UpstreamTimedOut("u", "r"),
        new Refusal.UpstreamShed("u", "r"),
        new Refusal.ProtocolRule(400, -1, "m"));
  }
}
