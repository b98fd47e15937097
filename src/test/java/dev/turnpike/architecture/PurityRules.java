package dev.turnpike.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What a step must be given instead of fetching it: the framework, time, chance, settings. */
final class PurityRules {
  private static final Set<String> CLOCKS =
      Set.of(
          Instant.class.getName(),
          LocalDate.class.getName(),
          LocalTime.class.getName(),
          LocalDateTime.class.getName(),
          OffsetDateTime.class.getName(),
          ZonedDateTime.class.getName(),
          YearMonth.class.getName());

  private static final Set<String> DICE =
      Set.of(
          Random.class.getName(), SecureRandom.class.getName(), SplittableRandom.class.getName());

  private PurityRules() {}

  static ArchRule stepsAreFreeOfTheFramework(Packages packages, String step) {
    return free(packages.within(step));
  }

  static ArchRule theRoadIsFreeOfTheFramework(Packages packages) {
    return free(packages.root());
  }

  // an alpha is found by its one annotation: no list names it
  private static DescribedPredicate<JavaClass> ofTheFramework() {
    return resideInAnyPackage(
            "io.quarkus..",
            "io.vertx..",
            "io.netty..",
            "io.smallrye..",
            "io.micrometer..",
            "jakarta..",
            "org.eclipse.microprofile..")
        .and(not(type(Singleton.class)));
  }

  private static ArchRule free(String where) {
    return noClasses()
        .that()
        .resideInAPackage(where)
        .should()
        .dependOnClassesThat(ofTheFramework())
        .allowEmptyShould(true);
  }

  /** What is plugged in is known where it is plugged in. */
  static ArchRule onlyTheAssemblyKnowsLangChain4j(Packages packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .and()
        .resideOutsideOfPackage(packages.within(Packages.ASSEMBLY))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.langchain4j..");
  }

  static ArchRule timeComesInAsAParameter(Packages packages) {
    return onlyIn(packages, List.of(Packages.ASSEMBLY), "read a clock or sleep", TIME);
  }

  static ArchRule chanceComesInAsAParameter(Packages packages) {
    return onlyIn(packages, List.of(Packages.ASSEMBLY), "make a source of randomness", CHANCE);
  }

  static ArchRule settingsComeInAsParameters(Packages packages) {
    return onlyIn(packages, List.of(Packages.ASSEMBLY), "look settings up", SETTINGS);
  }

  /** A command line is the edge of a process too: it may read the environment it was called in. */
  static ArchRule theEnvironmentIsReadAtTheEdge(Packages packages) {
    return onlyIn(packages, List.of(Packages.ASSEMBLY, "cli"), "read the environment", ENVIRONMENT);
  }

  private static ArchRule onlyIn(
      Packages packages, List<String> where, String what, Fetch forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(packages.all())
        .and()
        .resideOutsideOfPackages(packages.within(where))
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>(what) {
              @Override
              public boolean test(JavaAccess<?> access) {
                AccessTarget target = access.getTarget();
                return forbidden.is(target.getOwner().getName(), target.getName());
              }
            });
  }

  /** Says whether a member of a type fetches what should have been given. */
  private interface Fetch {
    boolean is(String owner, String member);
  }

  private static final Fetch TIME =
      (owner, member) ->
          (owner.equals(System.class.getName())
                  && (member.equals("nanoTime") || member.equals("currentTimeMillis")))
              || (CLOCKS.contains(owner) && member.equals("now"))
              || (owner.equals(Clock.class.getName())
                  && (member.startsWith("system") || member.startsWith("tick")))
              || (owner.equals(InstantSource.class.getName()) && member.equals("system"))
              || (member.equals("sleep")
                  && (owner.equals(Thread.class.getName())
                      || owner.equals(TimeUnit.class.getName())));

  private static final Fetch CHANCE =
      (owner, member) ->
          (DICE.contains(owner) && member.equals("<init>"))
              || owner.equals(ThreadLocalRandom.class.getName())
              || (owner.equals(SecureRandom.class.getName()) && member.startsWith("getInstance"))
              || (owner.equals(UUID.class.getName()) && member.equals("randomUUID"))
              || (owner.equals(Math.class.getName()) && member.equals("random"));

  private static final Fetch SETTINGS =
      (owner, member) ->
          owner.equals("org.eclipse.microprofile.config.ConfigProvider")
              || (owner.equals(System.class.getName())
                  && (member.equals("getProperty") || member.equals("getProperties")));

  private static final Fetch ENVIRONMENT =
      (owner, member) -> owner.equals(System.class.getName()) && member.equals("getenv");
}
