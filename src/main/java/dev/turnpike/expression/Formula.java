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
import dev.turnpike.config.Mark;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Usage;
import java.util.List;

/**
 * Arithmetic over what a call used, written as CEL writes it: {@code input + cached * 0.1 + output
 * * 4}. Whole and decimal numbers mix, which CEL itself does not let them.
 */
final class Formula {
  private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder().build();
  private static final String EXPECTED =
      "numbers, input, output, cached, and + - * / between them, such as input + output * 4";

  private Formula() {}

  /**
   * @throws ConfigRejected with what is wrong, and its place in the file
   */
  static Cost read(String key, Written<String> text) throws ConfigRejected {
    if (text.value().length() > Expressions.LONGEST) {
      throw rejected(key, text.mark(), "is longer than " + Expressions.LONGEST + " characters");
    }
    CelValidationResult parsed = PARSER.parse(text.value());
    try {
      CelAbstractSyntaxTree tree = parsed.getAst();
      return new Cost(term(tree.getExpr()));
    } catch (CelValidationException broken) {
      throw rejected(
          key,
          text.mark(),
          parsed.getErrors().stream().findFirst().map(CelIssue::getMessage).orElse("is no formula")
              + ", expected "
              + EXPECTED);
    } catch (IllegalArgumentException unknown) {
      throw rejected(key, text.mark(), unknown.getMessage() + ", expected " + EXPECTED);
    }
  }

  private static ConfigRejected rejected(String key, Mark mark, String message) {
    return new ConfigRejected(List.of(new Problem(mark, key, message)));
  }

  private static Cost.Term term(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> word(expression.ident().name());
      case CALL -> call(expression.call().function(), expression.call().args());
      case NOT_SET, SELECT, LIST, STRUCT, MAP, COMPREHENSION ->
          throw new IllegalArgumentException("has something that is no arithmetic");
    };
  }

  private static Cost.Term constant(CelConstant constant) {
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
              throw new IllegalArgumentException("has a value that is no number");
        };
    return _ -> value;
  }

  private static Cost.Term word(String name) {
    return switch (name) {
      case "input" -> usage -> usage.input().tokens();
      case "output" -> usage -> usage.output().tokens();
      case "cached" -> usage -> usage.cached();
      default -> throw new IllegalArgumentException("'" + name + "' is unknown here");
    };
  }

  private static Cost.Term call(String operator, List<CelExpr> parts) {
    if (operator.equals("-_")) {
      Cost.Term of = term(parts.getFirst());
      return usage -> -of.of(usage);
    }
    if (parts.size() != 2) {
      throw new IllegalArgumentException("'" + operator + "' is unknown here");
    }
    Cost.Term left = term(parts.getFirst());
    Cost.Term right = term(parts.getLast());
    return switch (operator) {
      case "_+_" -> usage -> left.of(usage) + right.of(usage);
      case "_-_" -> usage -> left.of(usage) - right.of(usage);
      case "_*_" -> usage -> left.of(usage) * right.of(usage);
      case "_/_" -> divided(left, parts.getLast());
      default -> throw new IllegalArgumentException("'" + operator + "' is unknown here");
    };
  }

  // by a number only, which is seen here not to be 0
  private static Cost.Term divided(Cost.Term left, CelExpr divisor) {
    double by =
        divisor.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            ? constant(divisor.constant()).of(Usage.NONE)
            : 0;
    if (by == 0) {
      throw new IllegalArgumentException("divides by what is no number, or 0");
    }
    return usage -> left.of(usage) / by;
  }
}
