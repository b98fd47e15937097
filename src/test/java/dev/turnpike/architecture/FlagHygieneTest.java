package dev.turnpike.architecture;

import static dev.turnpike.architecture.Packages.TURNPIKE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.turnpike.protocol.Experimental;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An alpha is three places: its package, its tests, and one flag file of its name. */
class FlagHygieneTest {
  private static List<JavaClass> alphas() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(TURNPIKE.root())
            .stream()
            .filter(type -> type.isAssignableTo(Experimental.class) && !type.isInterface())
            .toList();
  }

  private static String flag(JavaClass alpha) {
    try {
      Constructor<?> constructor = alpha.reflect().getDeclaredConstructor();
      constructor.setAccessible(true);
      return ((Experimental) constructor.newInstance()).flag();
    } catch (ReflectiveOperationException notPluggable) {
      throw new AssertionError(alpha.getName() + " needs more than a constructor", notPluggable);
    }
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("feature-flags"))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("alpha.") && name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyAlphaHasAFlagFileAndEveryFileAnAlpha() throws IOException {
    assertThat(alphas().stream().map(FlagHygieneTest::flag).collect(Collectors.toSet()))
        .isEqualTo(files());
  }

  @Test
  void everyAlphaIsInItsPlace() {
    assertThat(alphas())
        .allSatisfy(alpha ->
            assertThat(alpha.getPackageName()).startsWith(TURNPIKE.named("protocol.alpha.")));
  }
}
