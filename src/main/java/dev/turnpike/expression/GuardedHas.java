package dev.turnpike.expression;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code has(a.b.c)} that asks for {@code a.b} first. Standard CEL fails where {@code a.b} is
 * missing, so that {@code has(caller.workload.id)} could not guard against a caller without a
 * workload.
 */
final class GuardedHas {
  static final CelMacro MACRO =
      CelMacro.newGlobalMacro(
          "has", 1, (factory, target, arguments) -> expand(factory, arguments.getFirst()));

  private GuardedHas() {}

  private static Optional<CelExpr> expand(CelMacroExprFactory factory, CelExpr argument) {
    if (argument.getKind() != Kind.SELECT || argument.select().testOnly()) {
      return Optional.of(factory.reportError("has() takes a member, such as has(caller.tenant)"));
    }
    return Optional.of(present(factory, argument));
  }

  private static CelExpr present(CelMacroExprFactory factory, CelExpr member) {
    CelExpr owner = member.select().operand();
    CelExpr test = factory.newSelect(factory.copy(owner), member.select().field(), true);
    if (owner.getKind() != Kind.SELECT || owner.select().testOnly()) {
      return test;
    }
    return factory.newGlobalCall(Operator.LOGICAL_AND.getFunction(), present(factory, owner), test);
  }
}
