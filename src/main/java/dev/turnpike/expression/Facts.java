package dev.turnpike.expression;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may read: who calls, what for, and the name of the upstream it would go to.
 * The arguments are read when an expression first asks for them, and once. For one thread.
 */
public final class Facts {
  private final Caller caller;
  private final Call call;
  private final String upstream;
  private @Nullable Map<String, Object> arguments;
  private boolean unreadable;

  public Facts(Caller caller, Call call, String upstream) {
    this.caller = caller;
    this.call = call;
    this.upstream = upstream;
  }

  public Caller caller() {
    return caller;
  }

  public Call call() {
    return call;
  }

  public String upstream() {
    return upstream;
  }

  /** Empty where the call has none. */
  Map<String, Object> arguments() throws ArgumentTree.Unreadable {
    Map<String, Object> read = arguments;
    if (read == null) {
      try {
        read = call.arguments().isEmpty() ? Map.of() : ArgumentTree.read(call.arguments().get());
      } catch (ArgumentTree.Unreadable e) {
        unreadable = true;
        throw e;
      }
      arguments = read;
    }
    return read;
  }

  /** Whether somebody asked for the arguments and could not have them. */
  boolean unreadable() {
    return unreadable;
  }
}
