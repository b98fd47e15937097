package dev.turnpike.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final String ONE = "one:" + "A".repeat(43) + "=\n";
  private static final String TWO = "two:" + "B".repeat(42) + "A=\n";

  @TempDir Path folder;

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("keys"), text);
  }

  @Test
  void takesAChangeAndKeepsTheLastGoodOne() throws IOException {
    KeyFile file = KeyFile.open(written(ONE));
    assertThat(file.get().toString()).isEqualTo("KeyRing[one]");
    assertThat(file.poll()).isEmpty();
    written(TWO + ONE);
    assertThat(file.poll()).hasValue("in force: KeyRing[two, one]");
    written("nonsense");
    assertThat(file.poll().orElse("")).startsWith("refused").doesNotContain("nonsense");
    assertThat(file.poll()).as("told once").isEmpty();
    assertThat(file.get().toString()).isEqualTo("KeyRing[two, one]");
    Files.delete(folder.resolve("keys"));
    assertThat(file.poll()).isEmpty();
    assertThat(file.get().toString()).isEqualTo("KeyRing[two, one]");
  }

  @Test
  void isNotOpenedWhereItCannotBeRead() {
    assertThatThrownBy(() -> KeyFile.open(folder.resolve("none"))).hasMessage("cannot be read");
  }
}
