package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  private static final String GOOD = Yaml.LEAST;
  private static final String BETTER = Yaml.LEAST + "rules: [{ name: r, allow: {} }]\n";
  private static final String BAD = Yaml.LEAST + "rule: []\n";
  private static final Instant START = Instant.parse("2026-08-01T10:00:00Z");

  @TempDir Path folder;
  private Path path = Path.of("replaced");
  private Instant now = START;
  private final List<String> told = new ArrayList<>();
  private final Map<String, String> environment = Map.of();

  @BeforeEach
  void aGoodFile() throws IOException {
    path = folder.resolve("turnpike.yaml");
    write(GOOD);
  }

  @Test
  void doesNotOpenWithoutAGoodFile() throws IOException {
    write(BAD);
    assertThat(assertThrows(ConfigRejected.class, this::open).problems())
        .singleElement()
        .asString()
        .startsWith(path + ":4:1: rule: unknown key");
    Files.delete(path);
    assertThat(assertThrows(ConfigRejected.class, this::open).problems())
        .containsExactly(
            new Problem(new Mark(path.toString(), 1, 1), "(file)", "there is no such file"));
    Files.createDirectory(path);
    assertThat(assertThrows(ConfigRejected.class, this::open))
        .hasMessageContaining("it is a folder");
  }

  @Test
  void whatDoesNotChangeIsNotTouched() throws ConfigRejected {
    ConfigWatch<Integer> watch = open();
    Current<Integer> before = watch.current();
    assertEquals(new Current<>(0, START, Optional.empty()), before);
    settle(watch);
    assertThat(watch.current()).isSameAs(before);
    assertThat(told).isEmpty();
  }

  @Test
  void takesAChangeOnceTwoLooksAgree() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    write(BETTER);
    now = START.plusSeconds(5);
    watch.poll();
    assertEquals(0, watch.current().value());
    watch.poll();
    assertEquals(new Current<>(1, now, Optional.empty()), watch.current());
    watch.poll();
    assertThat(told).containsExactly("taken 1");
  }

  @Test
  void leavesAFileAloneWhileItIsBeingWritten() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    for (int length = 0; length < BETTER.length(); length += 9) {
      write(BETTER.substring(0, length));
      watch.poll();
    }
    write(BETTER);
    settle(watch);
    assertEquals(1, watch.current().value());
    assertThat(told).containsExactly("taken 1");
  }

  @Test
  void aBadFileIsRefusedOnceAndTheLastGoodOneGoesOn() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    write(BETTER);
    settle(watch);
    now = START.plusSeconds(60);
    write(BAD);
    settle(watch);
    settle(watch);
    Current<Integer> refused = watch.current();
    assertEquals(1, refused.value());
    assertEquals(START, refused.since());
    assertEquals(Optional.of(now), refused.lastRefusal().map(Rejected::at));
    assertThat(refused.lastRefusal().map(Rejected::problems).orElse(List.of()))
        .singleElement()
        .asString()
        .startsWith(path + ":4:1: rule: unknown key");
    assertThat(told).containsExactly("taken 1", "refused 1");

    write(BAD + "budget: []\n");
    settle(watch);
    write(GOOD);
    settle(watch);
    assertEquals(new Current<>(0, now, Optional.empty()), watch.current());
    assertThat(told).containsExactly("taken 1", "refused 1", "refused 2", "taken 0");
  }

  @Test
  void takingAMistakeBackKeepsWhatIsInForceAsItIs() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    write(BAD);
    settle(watch);
    now = START.plusSeconds(60);
    write(GOOD);
    settle(watch);
    assertEquals(new Current<>(0, START, Optional.empty()), watch.current());
  }

  @Test
  void aFileThatIsEmptyOrGoneIsRefused() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    write("");
    settle(watch);
    assertThat(refusal(watch)).contains("the file is empty");
    Files.delete(path);
    settle(watch);
    assertThat(refusal(watch)).contains("there is no such file");
    Files.createDirectory(path);
    settle(watch);
    assertThat(refusal(watch)).contains("it is a folder");
    assertEquals(0, watch.current().value());
    Files.delete(path);
    write(BETTER);
    settle(watch);
    assertEquals(new Current<>(1, now, Optional.empty()), watch.current());
  }

  @Test
  void aFileThatIsNotUtf8OrTooLargeIsRefused() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch = open();
    Files.write(path, new byte[] {'a', (byte) 0xff});
    settle(watch);
    assertThat(refusal(watch)).contains("not UTF-8");
    write("é".repeat(1 << 20));
    settle(watch);
    assertThat(refusal(watch)).contains("more than 1 MiB");
  }

  @Test
  void seesTheSwapOfALinkAsKubernetesDoesIt() throws ConfigRejected, IOException {
    volume("..1", GOOD);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Files.delete(path);
    Files.createSymbolicLink(path, Path.of("..data", "turnpike.yaml"));
    ConfigWatch<Integer> watch = open();
    assertEquals(0, watch.current().value());

    volume("..2", BETTER);
    Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    settle(watch);
    assertEquals(1, watch.current().value());
  }

  @Test
  void whatDoesNotCompileIsRefusedToo() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch =
        ConfigWatch.open(
            file(),
            setup -> {
              for (RuleSpec rule : setup.rules()) {
                throw new ConfigRejected(List.of(new Problem(rule.mark(), "rules[0]", "no")));
              }
              return 0;
            },
            () -> now,
            ConfigListener.NOOP);
    write(BETTER);
    settle(watch);
    assertEquals(path + ":4:9: rules[0]: no", refusal(watch));
  }

  @Test
  void aBugWhileCompilingIsARefusalAndToldAsABug() throws ConfigRejected, IOException {
    ConfigWatch<Integer> watch =
        ConfigWatch.open(file(), setup -> 1 / (1 - setup.rules().size()), () -> now, listener());
    write(BETTER);
    settle(watch);
    assertEquals(1, watch.current().value());
    assertThat(refusal(watch)).contains("mistake in Turnpike itself");
    assertThat(told).containsExactly("broken / by zero", "refused 1");
  }

  private ConfigFile file() {
    return new ConfigFile(path, environment::get);
  }

  /** Compiled to the number of its rules. */
  private ConfigWatch<Integer> open() throws ConfigRejected {
    return ConfigWatch.open(file(), setup -> setup.rules().size(), () -> now, listener());
  }

  private static void settle(ConfigWatch<?> watch) {
    watch.poll();
    watch.poll();
  }

  private static String refusal(ConfigWatch<?> watch) {
    return watch.current().lastRefusal().map(Rejected::problems).orElse(List.of()).stream()
        .map(Problem::toString)
        .findFirst()
        .orElse("none");
  }

  private void write(String text) throws IOException {
    Files.writeString(path, text);
  }

  private void volume(String name, String text) throws IOException {
    Files.createDirectory(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("turnpike.yaml"), text);
  }

  private ConfigListener listener() {
    return new ConfigListener() {
      @Override
      public void taken(Setup setup) {
        told.add("taken " + setup.rules().size());
      }

      @Override
      public void refused(Rejected rejected) {
        told.add("refused " + rejected.problems().size());
      }

      @Override
      public void broken(RuntimeException bug) {
        told.add("broken " + bug.getMessage());
      }
    };
  }
}
