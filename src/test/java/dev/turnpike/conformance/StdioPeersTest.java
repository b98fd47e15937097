package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real servers of both eras as child processes, and real clients of both eras before them. */
@NeedsPeers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StdioPeersTest {
  private static final String PACKAGES = "node_modules/@modelcontextprotocol/";

  @TempDir private static Path folder;

  private Road road;

  @BeforeAll
  void start() throws IOException {
    Path files = folder.toRealPath();
    Files.writeString(files.resolve("note.txt"), "a note");
    NodeRuntime node = NodeRuntime.here();
    road =
        Road.serving(
            """
            upstreams:
              modern: { mcp: { command: %s } }
              legacy: { mcp: { command: %s } }
              every: { mcp: { command: %s } }
              files: { mcp: { command: %s } }
              memory: { mcp: { command: %s, sharing: shared, env: { MEMORY_FILE_PATH: "%s" } } }
            endpoints:
              all: { mcp: { upstreams: [modern, legacy, every] }, anonymous: true }
              alone: { mcp: { upstreams: [modern] }, anonymous: true }
              files: { mcp: { upstreams: [files] }, anonymous: true }
              memory: { mcp: { upstreams: [memory] }, anonymous: true }
            rules:
              - name: all
                allow: {}
            """
                .formatted(
                    node.listed("modern-server.mjs", "--stdio"),
                    node.listed("legacy-server.mjs", "--stdio"),
                    node.listed(PACKAGES + "server-everything/dist/index.js", "stdio"),
                    node.listed(PACKAGES + "server-filesystem/dist/index.js", files.toString()),
                    node.listed(PACKAGES + "server-memory/dist/index.js"),
                    files.resolve("memory.jsonl")));
  }

  @TestFactory
  Stream<DynamicTest> serveTheClientOfTheModernEra() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "modern", road.url("alone"));
  }

  @TestFactory
  Stream<DynamicTest> serveTheClientOfTheLegacyEras() {
    return RealClientsSuite.steps(
        "client-federated.mjs", road.url("all"), "legacy", road.url("alone"));
  }

  private RawAnswer call(String endpoint, String tool, String arguments) {
    return RawCaller.ask(road, RawRequest.call(endpoint, "1", tool, arguments));
  }

  @Test
  void theFilesystemReadsWhatIsInItsFolderAndNothingElse() {
    String note = folder.resolve("note.txt").toString();
    assertThat(call("files", "read_text_file", "{\"path\":\"" + note + "\"}").text())
        .contains("a note");
    assertThat(
            call("files", "read_text_file", "{\"path\":\"/etc/passwd\"}")
                .json()
                .at("/result/isError")
                .asBoolean())
        .isTrue();
    String session = RawCaller.session(road, "files", "2025-06-18");
    assertThat(
            RawCaller.ask(
                    road,
                    RawRequest.legacy(
                        "files",
                        session,
                        RawRequest.legacyBody(
                            "2",
                            "tools/call",
                            "{\"name\":\"list_directory\",\"arguments\":{\"path\":\""
                                + folder
                                + "\"}}")))
                .text())
        .contains("note.txt");
  }

  @Test
  void theMemoryThatIsSharedRemembersForAll() {
    String entity =
        "{\"entities\":[{\"name\":\"toll\",\"entityType\":\"idea\",\"observations\":[\"it costs\"]}]}";
    assertThat(call("memory", "create_entities", entity).text()).contains("toll");
    String session = RawCaller.session(road, "memory", "2025-11-25");
    assertThat(
            RawCaller.ask(
                    road,
                    RawRequest.legacy(
                        "memory",
                        session,
                        RawRequest.legacyBody(
                            "2", "tools/call", "{\"name\":\"read_graph\",\"arguments\":{}}")))
                .text())
        .contains("it costs");
  }

  @AfterAll
  void end() {
    road.close();
    Eventually.holds(
        "no process left",
        () ->
            ProcessHandle.current()
                .children()
                .noneMatch(child ->
                    child
                        .info()
                        .commandLine()
                        .filter(line -> line.contains("--stdio"))
                        .isPresent()));
  }
}
