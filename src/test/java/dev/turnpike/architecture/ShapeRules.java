package dev.turnpike.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a type is called, and who can make one. */
final class ShapeRules {
  private static final Pattern EMPTY_WORD =
      Pattern.compile(".*(Impl|Manager|Helper|Utils?|Service|Processor|Handler)");

  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

  /** Where each proof is granted. */
  static final List<String> PROOFS =
      List.of("route.Routed", "authorize.Permitted", "budget.Reserved");

  private ShapeRules() {}

  /** A proof is a final class whose constructors nobody outside its package can see. */
  static ArchRule onlyItsOwnPackageMakesAProof(Packages packages, String proof) {
    return classes()
        .that()
        .haveFullyQualifiedName(packages.named(proof))
        .should(
            new ArchCondition<JavaClass>("be final, with package-private constructors only") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean last = type.getModifiers().contains(JavaModifier.FINAL);
                events.add(new SimpleConditionEvent(type, last, type.getName() + " is not final"));
                for (JavaConstructor constructor : type.getConstructors()) {
                  Set<JavaModifier> modifiers = constructor.getModifiers();
                  boolean open =
                      modifiers.contains(JavaModifier.PUBLIC)
                          || modifiers.contains(JavaModifier.PROTECTED);
                  events.add(
                      new SimpleConditionEvent(
                          constructor, !open, "can be made by all: " + constructor.getFullName()));
                }
              }
            })
        .because("a proof that anybody can make proves nothing");
  }

  static ArchRule namesSayWhatAThingIs(Packages packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .should(
            new ArchCondition<JavaClass>("be named for a pattern instead of the domain") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean empty = EMPTY_WORD.matcher(type.getSimpleName()).matches();
                events.add(new SimpleConditionEvent(type, empty, type.getName()));
              }
            });
  }

  /** Overriding one that a library declares is no choice of ours. */
  static ArchRule accessorsAreNamedForWhatTheyGive(Packages packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .should(
            new ArchCondition<JavaClass>("declare a getter") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                  boolean getter =
                      GETTER.matcher(method.getName()).matches() && !inherited(type, method);
                  events.add(new SimpleConditionEvent(method, getter, method.getFullName()));
                }
              }
            });
  }

  private static boolean inherited(JavaClass type, JavaMethod method) {
    return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
        .flatMap(above -> above.getMethods().stream())
        .anyMatch(above -> above.getName().equals(method.getName()));
  }
}
