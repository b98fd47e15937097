package dev.turnpike.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Written;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Compiles what an administrator wrote in CEL. */
public final class Expressions {
  /** Characters of one expression. */
  static final int LONGEST = 4096;

  /** Steps of all loops of one run: what a caller sends must not keep the event loop. */
  static final int ITERATIONS = 1000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .errorOnDuplicateMapKeys(true)
          .errorOnIntWrap(true)
          .populateMacroCalls(true)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(32)
          .maxRegexProgramSize(1000)
          .comprehensionMaxIterations(ITERATIONS)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(EnumSet.complementOf(EnumSet.of(CelStandardMacro.HAS)))
          .addMacros(GuardedHas.MACRO)
          .setTypeProvider(Words.TYPES)
          .addVar("caller", Words.CALLER)
          .addVar("call", Words.CALL)
          .addVar("args", Words.OPEN)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private static final Set<CelKind> CONDITIONS = EnumSet.of(CelKind.BOOL, CelKind.DYN);
  private static final Set<CelKind> KEYS =
      EnumSet.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.BOOL, CelKind.DYN);

  private Expressions() {}

  /**
   * A condition, checked to be a truth value. What only the arguments decide, such as {@code
   * args.confirmed}, is checked when it runs.
   *
   * @param key the path of the key, such as {@code rules[2].when}
   * @throws ConfigRejected with the place of each error in the file
   */
  public static Condition condition(String key, Written<String> text) throws ConfigRejected {
    return new Condition(compile(key, text, CONDITIONS, "true or false"));
  }

  /**
   * What to count by, checked to be a text, an integer or a truth value.
   *
   * @param key the path of the key, such as {@code budgets[0].per}
   * @throws ConfigRejected with the place of each error in the file
   */
  public static CounterKey key(String key, Written<String> text) throws ConfigRejected {
    Compiled compiled = compile(key, text, KEYS, "a text, an integer, or true or false");
    return new CounterKey(compiled, compiled.path());
  }

  /**
   * What a budget takes for a call, as arithmetic over {@code input}, {@code output} and {@code
   * cached}.
   *
   * @param key the path of the key, such as {@code budgets[0].cost}
   * @throws ConfigRejected with what is wrong
   */
  public static Cost cost(String key, Written<String> text) throws ConfigRejected {
    return NamedCosts.NONE.tokens(key, text);
  }

  private static Compiled compile(
      String key, Written<String> text, Set<CelKind> kinds, String expected) throws ConfigRejected {
    CelValidationResult checked = COMPILER.compile(text.value());
    if (checked.hasError()) {
      throw new ConfigRejected(
          checked.getErrors().stream().map(issue -> problem(key, text, issue)).toList());
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      if (!kinds.contains(tree.getResultType().kind())) {
        throw rejected(
            key,
            text.mark(),
            "the expression gives %s, expected %s"
                .formatted(tree.getResultType().name(), expected));
      }
      return new Compiled(
          RUNTIME.createProgram(tree),
          tree.getResultType(),
          Reads.of(tree),
          PlainPath.of(tree.getExpr()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw rejected(key, text.mark(), "the expression cannot be prepared: " + e.getMessage());
    }
  }

  private static ConfigRejected rejected(String key, Mark mark, String message) {
    return new ConfigRejected(List.of(new Problem(mark, key, message)));
  }

  private static Problem problem(String key, Written<String> text, CelIssue issue) {
    String message = issue.getMessage();
    boolean unknown = message.contains("undefined field") || message.contains("undeclared ref");
    return new Problem(place(text, issue), key, unknown ? message + "; " + Words.ALL : message);
  }

  /** Only in a scalar of one line does a column of the expression lead to one of the file. */
  private static Mark place(Written<String> text, CelIssue issue) {
    Mark mark = text.mark();
    int column = issue.getSourceLocation().getColumn();
    return text.value().contains("\n") || column < 0
        ? mark
        : new Mark(mark.file(), mark.line(), mark.column() + column);
  }
}
