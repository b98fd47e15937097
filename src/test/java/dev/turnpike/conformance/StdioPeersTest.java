package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.Program;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final Fixtures fixtures = new Fixtures();
  private String file = "";
  private Road road;

  @BeforeAll
  void start() throws IOException {
    Path files = folder.toRealPath();
    Files.writeString(files.resolve("note.txt"), "a note");
    NodeRuntime node = NodeRuntime.here();
    file =
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
                files.resolve("memory.jsonl"));
    road = Road.serving(file);
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
  void twentyOfThemWithOthersOverHttpShowEachToolOnce() {
    List<String> names = new ArrayList<>(List.of("modern", "legacy", "every", "files", "memory"));
    StringBuilder upstreams = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      names.add("sh" + i);
      upstreams.append("  sh%d: { mcp: { command: %s } }\n".formatted(i, Program.command("pages")));
    }
    Map.of(
            "aa", fixtures.url(Era.MODERN),
            "ab", fixtures.url(Era.LEGACY),
            "ac", fixtures.url(Era.MODERN),
            "ad", fixtures.url(Era.LEGACY))
        .forEach((name, url) -> {
          names.add(name);
          upstreams.append("  %s: { mcp: { url: \"%s\" } }\n".formatted(name, url));
        });
    assertThat(names).hasSize(20);
    String twenty =
        file.replace(
            "endpoints:\n",
            upstreams
                + "endpoints:\n  twenty: { mcp: { upstreams: "
                + names
                + " }, anonymous: true }\n");
    try (Road many = Road.serving(twenty)) {
      // a program that takes long to start is left out until it is there
      Eventually.holds(
          "all are there",
          () -> tools(many).stream().map(StdioPeersTest::owner).distinct().count() == 20);
      List<String> tools = tools(many);
      assertThat(tools).doesNotHaveDuplicates().hasSizeGreaterThan(11 * 100);
      assertThat(tools.stream().filter(name -> name.startsWith("sh7_"))).hasSize(100);
      for (String call : List.of("files_list_allowed_directories", "memory_read_graph", "sh3_t7")) {
        assertThat(
                RawCaller.ask(many, RawRequest.call("twenty", "1", call, "{}"))
                    .json()
                    .at("/result/content/0/type")
                    .asText())
            .as(call)
            .isEqualTo("text");
      }
    }
  }

  private static String owner(String tool) {
    return tool.substring(0, tool.indexOf('_'));
  }

  private static List<String> tools(Road road) {
    List<String> names = new ArrayList<>();
    String params = "";
    while (true) {
      JsonNode page =
          RawCaller.ask(road, RawRequest.modern("twenty", "1", "tools/list", params))
              .json()
              .path("result");
      page.path("tools").forEach(tool -> names.add(tool.path("name").asText()));
      if (!page.has("nextCursor")) {
        return names;
      }
      params = "\"cursor\":" + page.path("nextCursor");
    }
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
    fixtures.close();
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
