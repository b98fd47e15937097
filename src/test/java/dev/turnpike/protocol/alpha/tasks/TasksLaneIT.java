package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.jar.Jar;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.RedisServer;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The experimental lane as a process of its own, beside one of the stable lane. */
class TasksLaneIT {
  private static final String CREATED =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"task\",\"taskId\":\"t-1\","
          + "\"status\":\"working\",\"createdAt\":\"2026-11-30T10:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\",\"ttlMs\":60000}}";
  private static final String DONE =
      CREATED
          .replace("\"task\"", "\"complete\"")
          .replace(
              "\"working\"",
              "\"completed\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}");
  private static final String KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

  @TempDir private Path folder;

  private Jar start(FakeUpstream up, String name, Map<String, String> lane, String... settings)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Path file = Files.writeString(own.resolve("turnpike.yaml"), Road.open("one", up.url()));
    Path keys = Files.writeString(folder.resolve("keys"), KEY);
    Map<String, String> environment = new HashMap<>(lane);
    environment.put("TURNPIKE_CONFIG", file.toString());
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("-Dturnpike.keys-file=" + keys);
    all.add("-Dturnpike.data=" + own.resolve("data"));
    return Jar.start(own, environment, all).ready();
  }

  private static RawRequest begin() {
    RawRequest call = RawRequest.call("one", "7", "echo", "{}").replaced("Host", "localhost");
    return call.body(
        call.body()
            .text()
            .replace(
                "clientCapabilities\":{}",
                "clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}"));
  }

  private static RawAnswer asked(Jar jar, RawRequest request) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      return caller.send(request).answer();
    }
  }

  private static void turnOn(Jar jar) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(jar.managementUrl("/admin/flags/alpha.mcp-tasks")))
            .timeout(Duration.ofSeconds(10))
            .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":true,\"reason\":\"a trial\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  private static String said(Jar jar) {
    try {
      return jar.said();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String type(RawAnswer answer) {
    JsonNode json = answer.json();
    return json.at("/result/resultType").asText(json.at("/error/code").asText());
  }

  @Test
  void servesAlphasForTheOtherAndNothingForAnybodyElse() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar lane = start(up, "lane", Map.of("TURNPIKE_LANE", "experimental"));
        Jar stable =
            start(up, "stable", Map.of(), "-Dturnpike.lane.url=http://localhost:" + lane.port())) {
      up.on("tools/call", Scripts.json(Scripts.RESULT));
      assertThat(type(asked(stable, begin()))).as("off").isEqualTo("complete");
      turnOn(stable);
      up.on("tools/call", Scripts.json(CREATED));
      assertThat(type(asked(stable, begin()))).isEqualTo("task");
      Eventually.holds(
          "it went there",
          () -> said(lane).contains("lane=experimental endpoint=one method=tools/call"));
      // whoever comes by themselves finds nothing, whatever they ask for
      RawAnswer nothing = asked(lane, begin());
      assertThat(nothing.status()).isEqualTo(404);
      assertThat(
              asked(lane, RawRequest.call("one", "1", "echo", "{}").replaced("Host", "localhost"))
                  .status())
          .isEqualTo(404);
      assertThat(asked(lane, begin().with("Turnpike-Lane", "k1.made-up")).status()).isEqualTo(404);
      lane.process().destroyForcibly().waitFor();
      RawAnswer away = asked(stable, begin());
      assertThat(away.status()).isEqualTo(502);
      up.on("tools/call", Scripts.json(Scripts.RESULT));
      assertThat(
              asked(stable, RawRequest.call("one", "1", "echo", "{}").replaced("Host", "localhost"))
                  .status())
          .as("the stable lane goes on")
          .isEqualTo(200);
    }
  }

  @Test
  void keepsSessionsOfCallersThatWaitForTheirTasks() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar lane = start(up, "lane", Map.of("TURNPIKE_LANE", "experimental"));
        Jar stable =
            start(up, "stable", Map.of(), "-Dturnpike.lane.url=http://localhost:" + lane.port())) {
      up.on("tools/call", Scripts.json(CREATED));
      up.on("tasks/get", Scripts.json(DONE));
      turnOn(stable);
      RawAnswer opened =
          asked(
              stable,
              RawRequest.initialize("one", "2025-11-25", "{\"tasks\":{}}")
                  .replaced("Host", "localhost"));
      String session = opened.fields().first("mcp-session-id");
      assertThat(session).startsWith("mcp-tasks.");
      try (RawCaller caller = RawCaller.to(stable.port())) {
        caller
            .send(
                RawRequest.legacy(
                        "one",
                        session,
                        RawRequest.legacyBody("7", "tools/call", "{\"name\":\"echo\"}"))
                    .replaced("Host", "localhost"))
            .head();
        assertThat(RawAnswer.json(caller.data()).at("/result/content/0/text").asText())
            .isEqualTo("done");
      }
      RawRequest end =
          RawRequest.get("one", session).method("DELETE").replaced("Host", "localhost");
      assertThat(asked(stable, end).status()).isBetween(200, 204);
      assertThat(asked(stable, end).status()).as("it is over").isEqualTo(404);
    }
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
  void addsNoRiskWhereBudgetsCannotBeAsked() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        RedisServer redis = RedisServer.start()) {
      up.on("tools/call", Scripts.json(CREATED));
      Path own = Files.createDirectories(folder.resolve("alone"));
      Path file =
          Files.writeString(
              own.resolve("turnpike.yaml"),
              Road.open("one", up.url())
                  + "budgets: [ { name: soft, limit: 600, unit: calls, window: day } ]\n");
      try (Jar jar =
          Jar.start(
                  own,
                  Map.of("TURNPIKE_CONFIG", file.toString()),
                  List.of(
                      "-Dturnpike.store=redis",
                      "-Dturnpike.ledger.url=memory",
                      "-Dquarkus.redis.hosts=" + redis.url()))
              .ready()) {
        turnOn(jar);
        Eventually.holds("its budget is there", () -> type(asked(jar, begin())).equals("task"));
        redis.stop();
        Eventually.holds(
            "without its counters it is refused", () -> type(asked(jar, begin())).equals("-31503"));
        up.on("tools/call", Scripts.json(Scripts.RESULT));
        assertThat(
                asked(jar, RawRequest.call("one", "1", "echo", "{}").replaced("Host", "localhost"))
                    .status())
            .as("the stable lane goes on with its part")
            .isEqualTo(200);
      }
    }
  }

  @Test
  void doesNotStartWhereTheLanesDoNotGoTogether() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern()) {
      Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
      for (String setting :
          List.of(
              "-Dturnpike.lane=fast",
              "-Dturnpike.lane.url=nowhere",
              "-Dturnpike.lane.url=http://localhost:1",
              "-Dturnpike.lane=experimental")) {
        try (Jar jar =
            Jar.start(folder, Map.of("TURNPIKE_CONFIG", file.toString()), List.of(setting))) {
          Eventually.holds(setting, Duration.ofSeconds(60), () -> !jar.process().isAlive());
          assertThat(jar.process().exitValue()).isEqualTo(1);
          assertThat(jar.said()).contains("turnpike.");
        }
      }
    }
  }
}
