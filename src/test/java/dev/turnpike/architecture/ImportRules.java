package dev.turnpike.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who may import whom. */
final class ImportRules {
  private ImportRules() {}

  static ArchRule everyPackageHasItsPlace(Packages packages) {
    Set<String> known = new HashSet<>(Packages.STAIRCASE);
    known.addAll(Packages.RIM);
    known.add(Packages.ASSEMBLY);
    known.add("");
    return classes()
        .that()
        .resideInAPackage(packages.all())
        .should(
            new ArchCondition<JavaClass>("be in a package of the staircase or the rim") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean placed = known.contains(packages.stepOf(type.getPackageName()));
                events.add(new SimpleConditionEvent(type, placed, type.getName()));
              }
            });
  }

  static ArchRule aStepImportsOnlyStepsBeforeIt(Packages packages, String step) {
    int place = Packages.STAIRCASE.indexOf(step);
    String[] itselfAndBefore = packages.within(Packages.STAIRCASE.subList(0, place + 1));
    return noClasses()
        .that()
        .resideInAPackage(packages.within(step))
        .should()
        .dependOnClassesThat(ours(packages).and(not(resideInAnyPackage(itselfAndBefore))))
        .allowEmptyShould(true)
        .because(step + " may import only what stands before it in the staircase");
  }

  static ArchRule onlyTheAssemblyImportsTheRim(Packages packages, String rim) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .and()
        .resideOutsideOfPackages(packages.within(List.of(rim, Packages.ASSEMBLY)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages.within(rim));
  }

  static ArchRule nobodyImportsTheAssembly(Packages packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .and()
        .resideOutsideOfPackage(packages.within(Packages.ASSEMBLY))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages.within(Packages.ASSEMBLY));
  }

  /** The road itself, the class that knows all steps, knows nothing around them. */
  static ArchRule theRoadKnowsNothingOfTheRim(Packages packages) {
    List<String> around = new ArrayList<>(Packages.RIM);
    around.add(Packages.ASSEMBLY);
    return noClasses()
        .that()
        .resideInAPackage(packages.root())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages.within(around))
        .allowEmptyShould(true);
  }

  static ArchRule nobodyImportsAnAlpha(Packages packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .and()
        .resideOutsideOfPackage(packages.within("protocol.alpha"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages.within("protocol.alpha"));
  }

  static ArchRule alphasDoNotImportEachOther(Packages packages) {
    return slices()
        .matching(packages.named("protocol.alpha.(*).."))
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true);
  }

  /**
   * What differs between two revisions of one protocol stays apart, so that each can go alone. What
   * stands between them knows both, and neither knows it.
   */
  static ArchRule erasDoNotImportEachOther(Packages packages) {
    return slices()
        .matching(packages.named("protocol.mcp.(*).."))
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAnyPackage(
                packages.named("protocol.mcp.bridge.."),
                packages.named("protocol.mcp.federation..")),
            DescribedPredicate.alwaysTrue())
        .allowEmptyShould(true);
  }

  static ArchRule thereAreNoCycles(Packages packages) {
    return slices()
        .matching(packages.named("(*).."))
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> ours(Packages packages) {
    return resideInAPackage(packages.all());
  }
}
