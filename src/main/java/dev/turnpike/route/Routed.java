package dev.turnpike.route;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;

/** Proof that the call has somewhere to go. Only {@link Router} can make one. */
public final class Routed {
  private final Caller caller;
  private final Call call;
  private final String upstream;
  private final boolean continued;

  Routed(Caller caller, Call call, String upstream, boolean continued) {
    this.caller = caller;
    this.call = call;
    this.upstream = upstream;
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

  /** Whether it is a further round of a call that was counted when it began. */
  public boolean continued() {
    return continued;
  }
}
