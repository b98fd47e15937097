package dev.turnpike.expression;

import java.util.Set;

/** A compiled {@code when}. Immutable and safe for any thread. */
public final class Condition {
  private final Compiled compiled;
  private final boolean arguments;
  private final boolean verb;

  Condition(Compiled compiled) {
    this.compiled = compiled;
    this.arguments =
        compiled.reads().stream().anyMatch(p -> p.equals("args") || p.startsWith("args."));
    this.verb = compiled.reads().contains("call.verb") || compiled.reads().contains("call");
  }

  /** Never throws: what goes wrong, and what costs too much, is {@link Verdict.Failed}. */
  public Verdict test(Facts facts) {
    return switch (compiled.run(facts)) {
      case Compiled.Result.Value(Boolean holds) -> holds ? Verdict.YES : Verdict.NO;
      case Compiled.Result.Value _ -> new Verdict.Failed("type");
      case Compiled.Result.Failure(var kind) -> new Verdict.Failed(kind);
    };
  }

  /** Whether it reads the arguments of the call, in any branch. */
  public boolean readsArguments() {
    return arguments;
  }

  /** Whether it reads what a call does to its target, in any branch. */
  public boolean readsVerb() {
    return verb;
  }

  /** The longest paths it reads, such as {@code args.amount} or {@code caller.tenant}. */
  public Set<String> reads() {
    return compiled.reads();
  }
}
