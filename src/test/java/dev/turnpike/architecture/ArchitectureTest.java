package dev.turnpike.architecture;

import static dev.turnpike.architecture.Packages.TURNPIKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shape of the gateway, as a test. {@link OffendersTest} shows that each rule can fail. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(TURNPIKE.root());

  @Test
  void everyPackageHasItsPlace() {
    ImportRules.everyPackageHasItsPlace(TURNPIKE).check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> aStepImportsOnlyStepsBeforeIt() {
    return Packages.STAIRCASE.stream()
        .map(step ->
            dynamicTest(
                step, () -> ImportRules.aStepImportsOnlyStepsBeforeIt(TURNPIKE, step).check(MAIN)));
  }

  @TestFactory
  Stream<DynamicTest> onlyTheAssemblyImportsTheRim() {
    return Packages.RIM.stream()
        .map(rim ->
            dynamicTest(
                rim, () -> ImportRules.onlyTheAssemblyImportsTheRim(TURNPIKE, rim).check(MAIN)));
  }

  @Test
  void nobodyImportsTheAssembly() {
    ImportRules.nobodyImportsTheAssembly(TURNPIKE).check(MAIN);
  }

  @Test
  void theRoadKnowsNothingOfTheRim() {
    ImportRules.theRoadKnowsNothingOfTheRim(TURNPIKE).check(MAIN);
  }

  @Test
  void nobodyImportsAnAlpha() {
    ImportRules.nobodyImportsAnAlpha(TURNPIKE).check(MAIN);
  }

  @Test
  void alphasDoNotImportEachOther() {
    ImportRules.alphasDoNotImportEachOther(TURNPIKE).check(MAIN);
  }

  @Test
  void erasDoNotImportEachOther() {
    ImportRules.erasDoNotImportEachOther(TURNPIKE).check(MAIN);
  }

  @Test
  void thereAreNoCycles() {
    ImportRules.thereAreNoCycles(TURNPIKE).check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> stepsAreFreeOfTheFramework() {
    return Packages.STAIRCASE.stream()
        .filter(step -> !Packages.WITH_FRAMEWORK.contains(step))
        .map(step ->
            dynamicTest(
                step, () -> PurityRules.stepsAreFreeOfTheFramework(TURNPIKE, step).check(MAIN)));
  }

  @Test
  void theRoadIsFreeOfTheFramework() {
    PurityRules.theRoadIsFreeOfTheFramework(TURNPIKE).check(MAIN);
  }

  @Test
  void onlyTheAssemblyKnowsLangChain4j() {
    PurityRules.onlyTheAssemblyKnowsLangChain4j(TURNPIKE).check(MAIN);
  }

  @Test
  void timeComesInAsAParameter() {
    PurityRules.timeComesInAsAParameter(TURNPIKE).check(MAIN);
  }

  @Test
  void chanceComesInAsAParameter() {
    PurityRules.chanceComesInAsAParameter(TURNPIKE).check(MAIN);
  }

  @Test
  void settingsComeInAsParameters() {
    PurityRules.settingsComeInAsParameters(TURNPIKE).check(MAIN);
  }

  @Test
  void theEnvironmentIsReadAtTheEdge() {
    PurityRules.theEnvironmentIsReadAtTheEdge(TURNPIKE).check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> onlyItsOwnPackageMakesAProof() {
    return ShapeRules.PROOFS.stream()
        .map(proof ->
            dynamicTest(
                proof, () -> ShapeRules.onlyItsOwnPackageMakesAProof(TURNPIKE, proof).check(MAIN)));
  }

  @Test
  void namesSayWhatAThingIs() {
    ShapeRules.namesSayWhatAThingIs(TURNPIKE).check(MAIN);
  }

  @Test
  void accessorsAreNamedForWhatTheyGive() {
    ShapeRules.accessorsAreNamedForWhatTheyGive(TURNPIKE).check(MAIN);
  }

  @Test
  void theTestsThemselvesAreNotAmongTheClassesJudged() {
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    assertThat(MAIN).isNotEmpty();
  }
}
