package dev.turnpike.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that fit on a screen or two, and packages that say what they are for. */
class SourcesTest {
  private static final Logger LOG = Logger.getLogger(SourcesTest.class.getName());

  private static final Path ROAD = Sources.MAIN.folder().resolve("dev/turnpike/DataPath.java");

  @TempDir Path folder;

  @Test
  void noFileIsLongerThanTheCap() {
    assertThat(Sources.MAIN.tooLong()).isEmpty();
  }

  @Test
  void halfOfTheFilesFitOnAScreen() {
    int median = Sources.MAIN.medianLines();
    LOG.info(() -> Sources.MAIN.lines().size() + " main files, median " + median + " lines");
    assertThat(median).isBetween(1, Sources.MEDIAN);
  }

  @Test
  void theWholeRoadFitsInOneReading() {
    assertThat(Sources.MAIN.lines().get(ROAD)).isLessThanOrEqualTo(150);
    assertThat(MethodLengths.of(ROAD))
        .isNotEmpty()
        .allSatisfy((method, lines) -> assertThat(lines).as(method).isLessThanOrEqualTo(40));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertThat(Sources.MAIN.wordless()).isEmpty();
  }

  @Test
  void aFileOverTheCapIsFound() throws IOException {
    write("a/Long.java", "// a line\n".repeat(Sources.LONGEST + 1));
    write("a/Short.java", "// a line\n".repeat(Sources.LONGEST));
    assertThat(new Sources(folder).tooLong()).singleElement().asString().contains("Long.java");
  }

  @Test
  void theMedianIsThatOfTheFilesWithCode() throws IOException {
    write("a/package-info.java", "// a line\n");
    write("a/A.java", "// a line\n".repeat(10));
    write("a/B.java", "// a line\n".repeat(90));
    write("a/C.java", "// a line\n".repeat(300));
    assertThat(new Sources(folder).medianLines()).isEqualTo(90);
  }

  @Test
  void theLengthOfAMethodIsMeasuredFromItsFirstLineToItsLast() throws IOException {
    Path file =
        write(
            "a/A.java",
            "class A {\n  int one() { return 1; }\n\n  void two() {\n    one();\n  }\n}\n");
    assertThat(MethodLengths.of(file)).isEqualTo(Map.of("one:2", 1L, "two:4", 3L));
  }

  @Test
  void aPackageThatSaysNothingIsFound() throws IOException {
    write("a/A.java", "class A {}\n");
    write("b/package-info.java", "@NullMarked\npackage b;\n");
    write("c/package-info.java", "/**\n * One\n * two\n * three.\n */\npackage c;\n");
    write("d/package-info.java", "/**\n * One\n * two\n * three.\n */\n@NullMarked\npackage d;\n");
    assertThat(new Sources(folder).wordless())
        .hasSize(3)
        .anyMatch(fault -> fault.contains("a has no package-info"))
        .anyMatch(fault -> fault.matches(".*b.package-info.* has fewer than 3 lines.*"))
        .anyMatch(fault -> fault.matches(".*c.package-info.* is not @NullMarked"));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }
}
