package dev.turnpike.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds the members that an expression reads, in any branch. */
final class Reads {
  private static final Set<String> WORDS = Set.of("caller", "call", "args");

  private Reads() {}

  /** A loop variable named like a word counts as the word: too much is safe, too little is not. */
  static Set<String> of(CelAbstractSyntaxTree tree) {
    Set<String> paths = new TreeSet<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.IDENT)
        .forEach(node -> {
          String name = node.expr().ident().name();
          String word = name.startsWith(".") ? name.substring(1) : name;
          if (WORDS.contains(word)) {
            paths.add(path(node, word));
          }
        });
    return Set.copyOf(paths);
  }

  private static String path(CelNavigableExpr start, String word) {
    StringBuilder path = new StringBuilder(word);
    CelNavigableExpr node = start;
    while (true) {
      Optional<CelNavigableExpr> parent = node.parent();
      Optional<String> member = parent.flatMap(memberOf(node));
      if (parent.isEmpty() || member.isEmpty()) {
        return path.toString();
      }
      path.append('.').append(member.get());
      node = parent.get();
    }
  }

  private static Function<CelNavigableExpr, Optional<String>> memberOf(CelNavigableExpr owner) {
    return parent -> {
      CelExpr expr = parent.expr();
      return switch (parent.getKind()) {
        case SELECT -> Optional.of(expr.select().field());
        case CALL -> index(expr.call(), owner.id());
        default -> Optional.empty();
      };
    };
  }

  /** The text in {@code owner["text"]}. */
  private static Optional<String> index(CelExpr.CelCall call, long owner) {
    if (!call.function().equals(Operator.INDEX.getFunction())
        || call.args().getFirst().id() != owner
        || call.args().get(1).getKind() != Kind.CONSTANT) {
      return Optional.empty();
    }
    CelConstant index = call.args().get(1).constant();
    return index.getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(index.stringValue())
        : Optional.empty();
  }
}
