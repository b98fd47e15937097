package dev.turnpike.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs no Node: any program that prints the line will do. */
class NodeProcessTest {
  @TempDir Path folder;

  @Test
  void knowsThePortThatWasPrinted() throws IOException {
    try (NodeProcess serving = shell("echo starting; echo listening 4711; exec sleep 600")) {
      assertThat(serving.port()).isEqualTo(4711);
      assertThat(serving.mcpUrl()).isEqualTo("http://localhost:4711/mcp");
    }
  }

  @Test
  void endsWhatTheScriptStartedToo() throws Exception {
    Path pid = folder.resolve("pid");
    ProcessHandle child;
    try (NodeProcess _ = shell("sleep 600 & echo $! > pid; echo listening 1; wait")) {
      child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
    }
    child.onExit().get(5, TimeUnit.SECONDS);
  }

  @Test
  void saysWhatAScriptPrintedThatNeverListens() {
    assertThatThrownBy(() -> shell("echo no such module; exit 3"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no such module");
  }

  @Test
  void endsARunThatTakesTooLong() {
    assertThatThrownBy(() ->
            NodeProcess.finish(folder, Duration.ofMillis(200), Map.of(), List.of("sleep", "600")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("took more than");
  }

  @Test
  void handsBackStatusAndBothOutputs() {
    Finished done =
        NodeProcess.finish(
            folder,
            Duration.ofSeconds(30),
            Map.of("WORD", "hello"),
            List.of("sh", "-c", "echo $WORD; echo oops >&2; exit 7"));

    assertThat(done).isEqualTo(new Finished(7, "hello\n", "oops\n"));
  }

  private NodeProcess shell(String script) throws IOException {
    return NodeProcess.start(folder, Map.of(), List.of("sh", "-c", script));
  }
}
