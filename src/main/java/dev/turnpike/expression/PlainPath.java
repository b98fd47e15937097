package dev.turnpike.expression;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is nothing but a path, such as {@code caller.tenant} or {@code
 * caller.claims.org.unit}: followed at once, to the value that CEL would give.
 */
@FunctionalInterface
interface PlainPath {
  /** The value as CEL would have it; null where CEL finds none. */
  @Nullable Object of(Facts facts);

  /** Empty where the expression is more than a path, or reads the arguments. */
  static Optional<PlainPath> of(CelExpr expression) {
    List<String> names = new ArrayList<>();
    CelExpr at = expression;
    while (at.getKind() != Kind.IDENT) {
      Optional<CelExpr> owner = owner(at, names);
      if (owner.isEmpty()) {
        return Optional.empty();
      }
      at = owner.get();
    }
    Collections.reverse(names);
    return switch (at.ident().name()) {
      case "caller" -> caller(names);
      case "call" -> names.size() == 1 ? call(names.getFirst()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** What the last member is taken from; its name goes to the others. */
  private static Optional<CelExpr> owner(CelExpr member, List<String> names) {
    if (member.getKind() == Kind.SELECT && !member.select().testOnly()) {
      names.add(member.select().field());
      return Optional.of(member.select().operand());
    }
    if (member.getKind() == Kind.CALL
        && member.call().function().equals(Operator.INDEX.getFunction())
        && member.call().args().get(1).getKind() == Kind.CONSTANT
        && member.call().args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      names.add(member.call().args().get(1).constant().stringValue());
      return Optional.of(member.call().args().getFirst());
    }
    return Optional.empty();
  }

  private static Optional<PlainPath> caller(List<String> names) {
    if (names.size() == 2 && names.getFirst().equals("workload")) {
      return workload(names.getLast());
    }
    if (names.size() >= 2 && names.getFirst().equals("claims")) {
      return Optional.of(claim(List.copyOf(names.subList(1, names.size()))));
    }
    return names.size() == 1 ? subject(names.getFirst()) : Optional.empty();
  }

  private static Optional<PlainPath> workload(String name) {
    return switch (name) {
      case "id" -> Optional.of(ofWorkload(Workload::id));
      case "trustDomain" -> Optional.of(ofWorkload(Workload::trustDomain));
      case "namespace" -> Optional.of(ofWorkload(Workload::namespace));
      case "serviceAccount" -> Optional.of(ofWorkload(Workload::serviceAccount));
      default -> Optional.empty();
    };
  }

  private static Optional<PlainPath> subject(String name) {
    return switch (name) {
      case "subject" -> Optional.of(ofSubject(Subject::subject));
      case "client" -> Optional.of(ofSubject(Subject::client));
      case "tenant" -> Optional.of(ofSubject(Subject::tenant));
      default -> Optional.empty();
    };
  }

  private static Optional<PlainPath> call(String name) {
    return switch (name) {
      case "protocol" -> Optional.of(facts -> facts.call().protocol());
      case "revision" -> Optional.of(facts -> facts.call().revision());
      case "endpoint" -> Optional.of(facts -> facts.call().endpoint());
      case "upstream" -> Optional.of(Facts::upstream);
      case "verb" -> Optional.of(facts -> Words.word(facts.call().verb()));
      case "target" -> Optional.of(facts -> facts.call().target().map(Target::name).orElse(null));
      case "lane" -> Optional.of(facts -> Words.word(facts.call().lane()));
      default -> Optional.empty();
    };
  }

  private static PlainPath ofWorkload(Function<Workload, String> part) {
    return facts -> facts.caller().workload().map(part).orElse(null);
  }

  private static PlainPath ofSubject(Function<Subject, String> part) {
    return facts -> facts.caller().subject().map(part).orElse(null);
  }

  private static PlainPath claim(List<String> names) {
    return facts -> {
      Optional<Subject> subject = facts.caller().subject();
      Object value = subject.isPresent() ? subject.get().claims() : null;
      for (String name : names) {
        value = value instanceof Map<?, ?> members ? members.get(name) : null;
      }
      return value == null ? null : Claims.cel(value);
    };
  }
}
