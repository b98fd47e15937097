package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.flags.Flag;
import dev.turnpike.flags.FlagFolder;
import dev.turnpike.flags.FlagSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Flags that the program asks for. */
class KnownFlagsTest {
  @Test
  void haveAFileOfTheirStageAndNoFileIsOfAnother() throws Exception {
    FlagSet shipped = FlagFolder.read(new FlagFolder(Path.of("feature-flags")).look(), Map.of());
    Map<String, Object> files = new TreeMap<>();
    for (Flag flag : shipped.all()) {
      if (!flag.key().startsWith("alpha.")) {
        files.put(flag.key(), flag.stage());
      }
    }
    assertThat(files).isEqualTo(FlagBoard.known());
  }
}
