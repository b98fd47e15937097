package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.ConfigFile;
import dev.turnpike.config.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a file that is right, and may not work all the same. */
class RemarksTest {
  @Test
  void whatIsNotHereIsSaid(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"),
            """
            upstreams:
              old: { mcp: { transport: http-sse, url: "http://127.0.0.1:9/sse" } }
              lost:
                mcp: { command: [/no/such/program], directory: /no/such/folder, env: { A: { file: /no/such/file } } }
              good: { mcp: { command: [sh], directory: / } }
            endpoints:
              one: { mcp: { upstreams: [old, lost, good] }, anonymous: true }
            """);
    Setup setup = new ConfigFile(file, _ -> null).read();
    assertThat(Remarks.on(setup, false))
        .satisfiesExactly(
            old -> assertThat(old).contains("upstreams.old.mcp.transport", "turnpike.mcp.http-sse"),
            lost -> assertThat(lost).contains("upstreams.lost.mcp.command: /no/such/program"),
            lost -> assertThat(lost).contains("upstreams.lost.mcp.directory: /no/such/folder"),
            lost -> assertThat(lost).contains("upstreams.lost.mcp.env.A.file: /no/such/file"));
    assertThat(Remarks.on(setup, true)).hasSize(3);
  }
}
