package dev.turnpike.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every widening of what is public is a line in a diff, for somebody to agree with. */
class PublicSurfaceTest {
  private static final Path WRITTEN = Path.of("src/test/resources/public-surface.txt");

  private static final String UPDATE = "turnpike.surface.update";

  @Test
  void whatIsPublicIsWrittenDown() throws IOException {
    List<String> found =
        PublicSurface.of(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Packages.TURNPIKE.root()),
            Packages.TURNPIKE);
    if (Boolean.getBoolean(UPDATE)) {
      Files.write(WRITTEN, found);
    }
    assertThat(PublicSurface.difference(Files.readAllLines(WRITTEN), found))
        .as(
            "the public types differ from %s; if that is meant, write it down with%n"
                + "  ./mvnw test -Dtest=PublicSurfaceTest -D%s=true%n",
            WRITTEN, UPDATE)
        .isEmpty();
  }

  @Test
  void aTypeThatBecomesPublicIsFoundAndSoIsOneThatIsGone() {
    assertThat(PublicSurface.difference(List.of("a.Kept", "a.Gone"), List.of("a.Kept", "a.New")))
        .containsExactly("+ a.New", "- a.Gone");
  }

  @Test
  void whatIsNestedOrNotPublicIsNoPartOfIt() {
    Packages offenders = new Packages("dev.turnpike.architecture.offenders");
    assertThat(
            PublicSurface.of(new ClassFileImporter().importPackages(offenders.root()), offenders))
        .contains("budget.Reserved", "Road")
        .doesNotContain("account.LedgerManager")
        .noneMatch(type -> type.contains("package-info"));
  }
}
