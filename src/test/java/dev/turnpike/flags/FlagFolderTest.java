package dev.turnpike.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagFolderTest {
  private static final String KEY = "alpha.mcp-tasks";

  @TempDir private Path folder;

  private static List<String> problems(Map<String, Stage> reached, String... keysAndTexts) {
    try {
      FlagFolder.read(FlagText.content(keysAndTexts), reached);
      return List.of();
    } catch (FlagsRejected rejected) {
      return rejected.problems();
    }
  }

  @Test
  void filesAreOneSetThatFlagdReads() {
    FlagSet set = FlagText.set(KEY, FlagText.alpha(KEY), "a.b", FlagText.stable("a.b"));
    assertThat(set.flags()).containsOnlyKeys("a.b", KEY, "gateway.alpha.all");
    assertThat(set.named(KEY).orElseThrow().stage()).isEqualTo(Stage.ALPHA);
    assertThat(set.named(KEY).orElseThrow().killSwitch()).hasValue("gateway.alpha.all");
    assertThat(set.document()).contains("\"alpha.mcp-tasks\":{\"state\":\"ENABLED\"");
  }

  /** What is taken out of a good alpha, what is put there, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "expires":"2027-01-31",      |                       | expires is missing
          2027-01-31                   | soon                  | expires must be a day
          "owner":"maintainers",       |                       | owner is missing
          "since":"0.3.0",             |                       | since is missing
          "killSwitch":"gateway.alpha.all", |                  | killSwitch is missing
          gateway.alpha.all            | nothing               | there is no kill switch 'nothing'
          "maxConcurrency":32,         |                       | maxConcurrency is missing
          0.05                         | 0.06                  | tokenShare may be at most 0.05
          "timeoutMs":30000            | "timeoutMs":"30 s"    | timeoutMs is missing: a number
          experimental                 | stable                | lane must be experimental
          "defaultVariant":"off"       | "defaultVariant":"on" | is off by default
          "defaultVariant":"off"       | "defaultVariant":"x"  | defaultVariant must be on or off
          "state":"ENABLED"            | "state":"on"          | state must be ENABLED or DISABLED
          "on":true                    | "on":"yes"            | variants must be
          "stage":"alpha"              | "stage":"gamma"       | stage must be
          "kind":"protocol"            | "kind":"x"            | kind must be
          "kind":"protocol"            | "locked":"no","kind":"protocol" | locked must be true or false
          "kind":"protocol"            | "kinds":1,"kind":"protocol" | 'kinds' is not known
          "flags"                      | "flag"                | 'flag' is not known
          alpha.mcp-tasks              | alpha.other           | with the name of the file
          "since":"0.3.0"              | "since":"0.3.0","since":"0.4.0" | occurs twice
          }}}}                         | }}}                   | ends too early
          "metadata"                   | "targeting":"on","metadata" | targeting must be an object
          "metadata"                   | "targeting":{"<":[{"var":"$flagd.timestamp"},1]},"metadata" | targeting by time
          2027-01-31                   | +999999999-12-31      | expires must be a day
          "kind":"protocol"            | "locked":true,"kind":"protocol" | a protocol is never locked
          """)
  void refusesWhatItsStageDoesNotAllow(String taken, String put, String said) {
    String broken = FlagText.alpha(KEY).replace(taken, put == null ? "" : put);
    assertThat(broken).isNotEqualTo(FlagText.alpha(KEY));
    List<String> problems = problems(Map.of(), KEY, broken, "gateway.alpha.all", FlagText.SWITCH);
    assertThat(problems).isNotEmpty().allMatch(problem -> problem.startsWith(KEY + ".json: "));
    assertThat(String.join("\n", problems)).contains(said);
  }

  @Test
  void whatIsLockedHasNoTargetingAndItsDefault() {
    String locked =
        FlagText.stable("a.b").replace("\"kind\":\"protocol\"", "\"locked\":true,\"kind\":\"ops\"");
    assertThat(problems(Map.of(), "a.b", locked)).isEmpty();
    for (String broken :
        List.of(
            locked.replace("\"defaultVariant\":\"on\"", "\"defaultVariant\":\"off\""),
            locked.replace("\"metadata\"", "\"targeting\":{},\"metadata\""))) {
      assertThat(problems(Map.of(), "a.b", broken).toString()).contains("locked goes with");
    }
  }

  @Test
  void aStageNeverGoesBack() {
    String back =
        FlagText.stable("a.b")
            .replace("\"stage\":\"stable\"", "\"stage\":\"beta\",\"expires\":\"2027-01-01\"");
    assertThat(problems(Map.of(), "a.b", back)).isEmpty();
    assertThat(problems(Map.of("a.b", Stage.STABLE), "a.b", back).toString())
        .contains("a stage never goes back");
  }

  @Test
  void evaluatorsOfOneNameAreTheSame() {
    String one = FlagText.stable("a.b").replaceFirst("\\{", "{\"\\$evaluators\":{\"labs\":true},");
    String other =
        FlagText.stable("a.c").replaceFirst("\\{", "{\"\\$evaluators\":{\"labs\":false},");
    assertThat(problems(Map.of(), "a.b", one, "a.c", other).toString())
        .contains("$evaluators.labs: another file has another rule of that name");
    assertThat(problems(Map.of(), "a.b", one, "a.c", one.replace("a.b", "a.c"))).isEmpty();
  }

  @Test
  void looksAtFlagFilesAlone() throws IOException {
    Files.writeString(folder.resolve("a.b.json"), FlagText.stable("a.b"));
    Files.writeString(folder.resolve("README.md"), "words");
    Files.writeString(folder.resolve(".a.b.json.swp.json"), "half");
    Files.createDirectory(folder.resolve("schema"));
    FlagFolder.Content found = new FlagFolder(folder).look();
    assertThat(found.files()).containsOnlyKeys("a.b.json");
    Files.writeString(folder.resolve("a.b.json"), FlagText.stable("a.b") + " ");
    assertThat(new FlagFolder(folder).look().fingerprint()).isNotEqualTo(found.fingerprint());
  }

  @Test
  void followsTheLinksOfAConfigMap() throws IOException {
    Path one = Files.createDirectory(folder.resolve("..one"));
    Path two = Files.createDirectory(folder.resolve("..two"));
    Files.writeString(one.resolve("a.b.json"), FlagText.stable("a.b"));
    Files.writeString(two.resolve("a.b.json"), FlagText.stable("a.b").replace("0.1.0", "0.2.0"));
    Files.createSymbolicLink(folder.resolve("..data"), one);
    Files.createSymbolicLink(folder.resolve("a.b.json"), Path.of("..data", "a.b.json"));
    FlagFolder.Content before = new FlagFolder(folder).look();
    Files.delete(folder.resolve("..data"));
    Files.createSymbolicLink(folder.resolve("..data"), two);
    FlagFolder.Content after = new FlagFolder(folder).look();
    assertThat(before.files()).hasSize(1);
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Files.writeString(folder.resolve("a.b.json"), " ".repeat(FlagFolder.LARGEST + 1));
    FlagFolder.Content found = new FlagFolder(folder).look();
    assertThat(found.gone()).isFalse();
    assertThatThrownBy(() -> FlagFolder.read(found, Map.of()))
        .isInstanceOf(FlagsRejected.class)
        .hasMessageContaining("a.b.json has more than 64 KiB");
  }

  @Test
  void aFolderThatIsNotThereIsGone() {
    assertThat(new FlagFolder(folder.resolve("none")).look().gone()).isTrue();
  }
}
