package dev.turnpike.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
import java.util.Set;

/**
 * A program with what is known of it before it runs.
 *
 * @param path the program again, where it is nothing but a path
 */
record Compiled(
    CelRuntime.Program program, CelType type, Set<String> reads, Optional<PlainPath> path) {
  /** A value, or why there is none: never an exception. */
  sealed interface Result {
    record Value(Object value) implements Result {}

    record Failure(String kind) implements Result {}
  }

  Result run(Facts facts) {
    try {
      return new Result.Value(program.eval(Words.of(facts)));
    } catch (CelEvaluationException e) {
      return new Result.Failure(facts.unreadable() ? "arguments" : kind(e.getErrorCode()));
    } catch (RuntimeException | StackOverflowError e) {
      return new Result.Failure(facts.unreadable() ? "arguments" : "internal");
    }
  }

  private static String kind(CelErrorCode code) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND -> "missing";
      case INDEX_OUT_OF_BOUNDS -> "index";
      case DIVIDE_BY_ZERO, NUMERIC_OVERFLOW -> "arithmetic";
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> "type";
      case ITERATION_BUDGET_EXCEEDED -> "cost";
      case INVALID_ARGUMENT, BAD_FORMAT, DUPLICATE_ATTRIBUTE -> "value";
      case INTERNAL_ERROR -> "internal";
    };
  }
}
