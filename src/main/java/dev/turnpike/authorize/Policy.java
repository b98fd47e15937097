package dev.turnpike.authorize;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.route.Routed;
import java.util.List;

/** The rules in force: default deny, a deny beats every allow, order does not matter. */
public final class Policy {
  private Policy() {}

  /**
   * Compiles every rule.
   *
   * @throws ConfigRejected with every problem of every rule
   */
  public static Policy compile(List<RuleSpec> rules) throws ConfigRejected {
    throw new UnsupportedOperationException("not written yet: " + rules);
  }

  /**
   * Lets a call through, or refuses it.
   *
   * @throws Refused {@code NoSuchTarget} for what the caller cannot see, {@code ArgumentsRefused}
   *     for what it can see, {@code ScopeMissing} where more scopes would help
   */
  public Permitted authorize(Routed routed) throws Refused {
    throw new UnsupportedOperationException("not written yet: " + routed);
  }

  /**
   * What a list says of one target.
   *
   * @param call the call that asks, such as {@code tools/list}; its verb, target and arguments are
   *     not looked at
   */
  public Decision decide(Caller caller, Call call, String upstream, Target target) {
    throw new UnsupportedOperationException(
        "not written yet: " + caller + call + upstream + target);
  }

  /** Whether every caller of the endpoint is shown the same targets. */
  public boolean uniform(String endpoint) {
    throw new UnsupportedOperationException("not written yet: " + endpoint);
  }
}
