package dev.turnpike.route;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import java.util.Optional;

/** Proof that the call has somewhere to go. Only {@link Router} can make one. */
public final class Routed {
  private final Caller caller;
  private final Call call;
  private final String upstream;
  private final Optional<Target> alias;
  private final boolean continued;

  Routed(Caller caller, Call call, String upstream, Optional<Target> alias, boolean continued) {
    this.caller = caller;
    this.call = call;
    this.upstream = upstream;
    this.alias = alias;
    this.continued = continued;
  }

  public Caller caller() {
    return caller;
  }

  public Call call() {
    return call;
  }

  /** The name of the upstream that the call goes to. */
  public String upstream() {
    return upstream;
  }

  /** Another name of the target, under which it must be allowed, too. */
  public Optional<Target> alias() {
    return alias;
  }

  /** Whether it is a further round of a call that was counted when it began. */
  public boolean continued() {
    return continued;
  }
}
