package dev.turnpike.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Usage;
import java.io.Serial;
import java.util.List;

/**
 * Arithmetic over what a call used, written as CEL writes it: {@code input + cached * 0.1 + output
 * * 4}. Whole and decimal numbers mix, which CEL itself does not let them. It may name other costs.
 */
final class Formula {
  /** Steps of one, with those that it names: it is worked out on the event loop. */
  static final int MOST_STEPS = 5_000;

  /** Costs that name one another. */
  static final int MOST_DEEP = 16;

  private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder().build();

  /** Finds what a formula names. */
  interface Named {
    /**
     * @throws Wrong where it cannot be named here
     */
    Cost find(String name);

    /** What may be named, for a message: empty, or ending in a comma and a space. */
    String expected();
  }

  /** What is wrong, and what was expected; empty where that is told already. */
  static final class Wrong extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message, null, false, false);
    }

    String told() {
      return String.valueOf(getMessage());
    }
  }

  private final Named named;
  private int steps;
  private int depth = 1;

  private Formula(Named named) {
    this.named = named;
  }

  /**
   * @throws ConfigRejected with what is wrong, and its place in the file; with no problem where
   *     that is told already
   */
  static Cost read(String key, Written<String> text, Named named) throws ConfigRejected {
    try {
      if (text.value().length() > Expressions.LONGEST) {
        throw new Wrong("is longer than " + Expressions.LONGEST + " characters");
      }
      Formula formula = new Formula(named);
      Cost.Term term = formula.term(formula.parsed(text.value()));
      return new Cost(term, formula.steps, formula.depth);
    } catch (Wrong wrong) {
      throw new ConfigRejected(
          wrong.told().isEmpty()
              ? List.of()
              : List.of(new Problem(text.mark(), key, wrong.told())));
    }
  }

  private CelExpr parsed(String text) {
    CelValidationResult parsed = PARSER.parse(text);
    try {
      CelAbstractSyntaxTree tree = parsed.getAst();
      return tree.getExpr();
    } catch (CelValidationException broken) {
      throw unlike(
          parsed.getErrors().stream()
              .findFirst()
              .map(CelIssue::getMessage)
              .orElse("is no formula"));
    }
  }

  private Wrong unlike(String what) {
    return unlike(what, named.expected());
  }

  /**
   * @param others what else may be named: empty, or ending in a comma and a space
   */
  static Wrong unlike(String what, String others) {
    return new Wrong(
        what
            + ", expected numbers, input, output, cached, "
            + others
            + "and + - * / between them, such as input + output * 4");
  }

  private Cost.Term term(CelExpr expression) {
    step(1);
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> word(expression.ident().name());
      case CALL -> call(expression.call().function(), expression.call().args());
      case NOT_SET, SELECT, LIST, STRUCT, MAP, COMPREHENSION ->
          throw unlike("has something that is no arithmetic");
    };
  }

  private void step(int more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new Wrong(
          "takes more than "
              + MOST_STEPS
              + " steps with the prices that it names, expected a shorter one");
    }
  }

  private Cost.Term constant(CelConstant constant) {
    double value =
        switch (constant.getKind()) {
          case INT64_VALUE -> constant.int64Value();
          case DOUBLE_VALUE -> constant.doubleValue();
          case NOT_SET,
              NULL_VALUE,
              BOOLEAN_VALUE,
              UINT64_VALUE,
              STRING_VALUE,
              BYTES_VALUE,
              DURATION_VALUE,
              TIMESTAMP_VALUE ->
              throw unlike("has a value that is no number");
        };
    return _ -> value;
  }

  private Cost.Term word(String name) {
    return switch (name) {
      case "input" -> usage -> usage.input().tokens();
      case "output" -> usage -> usage.output().tokens();
      case "cached" -> Usage::cached;
      default -> named(name);
    };
  }

  private Cost.Term named(String name) {
    Cost cost = named.find(name);
    step(cost.steps());
    depth = Math.max(depth, cost.depth() + 1);
    if (depth > MOST_DEEP) {
      throw tooDeep();
    }
    return cost.formula();
  }

  static Wrong tooDeep() {
    return new Wrong(
        "names prices that name prices, and so on, expected at most " + MOST_DEEP + " in a row");
  }

  private Cost.Term call(String operator, List<CelExpr> parts) {
    if (operator.equals("-_")) {
      Cost.Term of = term(parts.getFirst());
      return usage -> -of.of(usage);
    }
    if (parts.size() != 2) {
      throw unlike("'" + operator + "' is unknown here");
    }
    Cost.Term left = term(parts.getFirst());
    Cost.Term right = term(parts.getLast());
    return switch (operator) {
      case "_+_" -> usage -> left.of(usage) + right.of(usage);
      case "_-_" -> usage -> left.of(usage) - right.of(usage);
      case "_*_" -> usage -> left.of(usage) * right.of(usage);
      case "_/_" -> divided(left, parts.getLast());
      default -> throw unlike("'" + operator + "' is unknown here");
    };
  }

  // by a number only, which is seen here not to be 0
  private Cost.Term divided(Cost.Term left, CelExpr divisor) {
    double by =
        divisor.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            ? constant(divisor.constant()).of(Usage.NONE)
            : 0;
    if (by == 0) {
      throw unlike("divides by what is no number, or 0");
    }
    return usage -> left.of(usage) / by;
  }
}
