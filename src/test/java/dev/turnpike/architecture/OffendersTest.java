package dev.turnpike.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Holds each rule against classes that break it: a rule that cannot fail guards nothing. */
class OffendersTest {
  private static final Packages OFFENDERS = new Packages("dev.turnpike.architecture.offenders");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages(OFFENDERS.root());

  @Test
  void aPackageWithoutAPlaceIsFound() {
    assertThat(broken(ImportRules.everyPackageHasItsPlace(OFFENDERS)))
        .contains("misc.Homeless")
        .doesNotContain("rpc.LooksAhead");
  }

  @Test
  void aStepThatImportsALaterOneIsFound() {
    assertThat(broken(ImportRules.aStepImportsOnlyStepsBeforeIt(OFFENDERS, "rpc")))
        .contains("rpc.LooksAhead");
  }

  @Test
  void aStepThatImportsTheRoadIsFound() {
    assertThat(broken(ImportRules.aStepImportsOnlyStepsBeforeIt(OFFENDERS, "rpc")))
        .contains("rpc.KnowsTheRoad");
  }

  @Test
  void aStepThatImportsTheRimIsFound() {
    assertThat(broken(ImportRules.aStepImportsOnlyStepsBeforeIt(OFFENDERS, "relay")))
        .contains("relay.Measures");
    assertThat(broken(ImportRules.onlyTheAssemblyImportsTheRim(OFFENDERS, "observe")))
        .contains("relay.Measures")
        .doesNotContain("assembly.Graph");
  }

  @Test
  void anImportOfTheAssemblyIsFound() {
    assertThat(broken(ImportRules.nobodyImportsTheAssembly(OFFENDERS))).contains("accept.Wired");
  }

  @Test
  void aRoadThatImportsTheRimIsFound() {
    assertThat(broken(ImportRules.theRoadKnowsNothingOfTheRim(OFFENDERS))).contains("Road");
  }

  @Test
  void anImportOfAnAlphaIsFound() {
    assertThat(broken(ImportRules.nobodyImportsAnAlpha(OFFENDERS)))
        .contains("protocol.Registry")
        .doesNotContain("first.First");
  }

  @Test
  void anAlphaThatImportsAnotherIsFound() {
    assertThat(broken(ImportRules.alphasDoNotImportEachOther(OFFENDERS))).contains("first.First");
  }

  @Test
  void anEraThatImportsTheOtherIsFound() {
    assertThat(broken(ImportRules.erasDoNotImportEachOther(OFFENDERS))).contains("modern.New");
  }

  @Test
  void aCycleIsFound() {
    assertThat(broken(ImportRules.thereAreNoCycles(OFFENDERS)))
        .contains("session.Chicken")
        .contains("upstream.Egg");
  }

  @Test
  void aStepThatKnowsTheFrameworkIsFound() {
    assertThat(broken(PurityRules.stepsAreFreeOfTheFramework(OFFENDERS, "catalog")))
        .contains("catalog.Framed");
    assertThat(broken(PurityRules.theRoadIsFreeOfTheFramework(OFFENDERS))).contains("Road");
  }

  @Test
  void aStepThatKnowsWhatIsPluggedInIsFound() {
    assertThat(broken(PurityRules.onlyTheAssemblyKnowsLangChain4j(OFFENDERS)))
        .contains("observe.Estimates");
  }

  @Test
  void aClockReadOutsideTheAssemblyIsFoundHoweverItIsRead() {
    assertThat(broken(PurityRules.timeComesInAsAParameter(OFFENDERS)))
        .contains("System.nanoTime")
        .contains("System.currentTimeMillis")
        .contains("Instant.now")
        .contains("Clock.systemUTC")
        .contains("Thread.sleep")
        .contains("TimeUnit.sleep")
        .doesNotContain("assembly.Graph");
  }

  @Test
  void chanceMadeOutsideTheAssemblyIsFound() {
    assertThat(broken(PurityRules.chanceComesInAsAParameter(OFFENDERS)))
        .contains("SecureRandom.<init>")
        .contains("UUID.randomUUID");
  }

  @Test
  void aSettingLookedUpOutsideTheAssemblyIsFound() {
    assertThat(broken(PurityRules.settingsComeInAsParameters(OFFENDERS)))
        .contains("System.getProperty")
        .contains("ConfigProvider.getConfig");
  }

  @Test
  void anEnvironmentReadAwayFromTheEdgeIsFound() {
    assertThat(broken(PurityRules.theEnvironmentIsReadAtTheEdge(OFFENDERS)))
        .contains("identify.Asks")
        .doesNotContain("cli.Shell");
  }

  @Test
  void aProofThatAnybodyCanMakeIsFound() {
    assertThat(broken(ShapeRules.onlyItsOwnPackageMakesAProof(OFFENDERS, "budget.Reserved")))
        .contains("can be made by all");
    assertThat(broken(ShapeRules.onlyItsOwnPackageMakesAProof(OFFENDERS, "authorize.Permitted")))
        .contains("is not final");
    assertThat(broken(ShapeRules.onlyItsOwnPackageMakesAProof(OFFENDERS, "route.Routed")))
        .isEmpty();
  }

  @Test
  void anEmptyWordInANameIsFound() {
    assertThat(broken(ShapeRules.namesSayWhatAThingIs(OFFENDERS)))
        .contains("account.LedgerManager")
        .doesNotContain("account.Beans");
  }

  @Test
  void aGetterIsFound() {
    assertThat(broken(ShapeRules.accessorsAreNamedForWhatTheyGive(OFFENDERS)))
        .contains("Beans.getTotal");
  }

  private static String broken(ArchRule rule) {
    return String.join("\n", rule.evaluate(CLASSES).getFailureReport().getDetails());
  }
}
