package dev.turnpike.expression;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Said;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Optional<Payload> given;
  private final boolean wanting;
  private boolean unreadable;

  /** Of a call that says one thing at most; what a message to an agent says cannot be read here. */
  public Facts(Caller caller, Call call, String upstream) {
    this(caller, call, upstream, call.arguments(), call.said().isPresent());
  }

  private Facts(
      Caller caller, Call call, String upstream, Optional<Payload> given, boolean wanting) {
    this.caller = caller;
    this.call = call;
    this.upstream = upstream;
    this.given = given;
    this.wanting = wanting;
  }

  /**
   * Of everything that the call says: one for each data part of a message to an agent, and one for
   * any other call.
   *
   * @return at least one
   */
  public static List<Facts> each(Caller caller, Call call, String upstream) {
    List<Payload> data = call.said().map(Said::data).orElse(List.of());
    return data.isEmpty()
        ? List.of(new Facts(caller, call, upstream))
        : data.stream()
            .map(value -> new Facts(caller, call, upstream, Optional.of(value), false))
            .toList();
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
        if (wanting) {
          throw new ArgumentTree.Unreadable("a message without a data part");
        }
        read = given.isEmpty() ? Map.of() : ArgumentTree.read(given.get());
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
