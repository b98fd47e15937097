package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Flags of running processes, switched while they run. */
class FlagsIT {
  private static final String MODERN = "protocol.mcp.2026-07-28";
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path folder;

  private Jar start(FakeUpstream up, String data, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("-Dturnpike.data=" + folder.resolve(data));
    return Jar.start(folder, Map.of("TURNPIKE_CONFIG", file.toString()), all).ready();
  }

  private static int call(Jar jar) {
    return answer(jar).status();
  }

  private static RawAnswer answer(Jar jar) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      return caller
          .send(RawRequest.call("one", "7", "echo", "{}").replaced("Host", "localhost"))
          .answer();
    }
  }

  private static HttpResponse<String> send(Jar jar, String method, String path, String body) {
    try {
      return Jar.send(
          HttpRequest.newBuilder(URI.create(jar.managementUrl(path)))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int put(Jar jar, String key, String body) {
    return send(jar, "PUT", "/admin/flags/" + key, body).statusCode();
  }

  private static JsonNode flag(Jar jar, String key, String query) {
    for (JsonNode row : RawAnswer.json(send(jar, "GET", "/admin/flags" + query, "").body())) {
      if (row.path("key").asText().equals(key)) {
        return row;
      }
    }
    throw new AssertionError("no flag " + key);
  }

  @Test
  void anOverrideIsFeltAndToldAndTakenBackAndOutlivesTheProcess() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern()) {
      try (Jar jar = start(up, "data")) {
        assertThat(call(jar)).isEqualTo(200);
        Eventually.holds(
            "its use is told",
            () -> flag(jar, MODERN, "").path("uses").toString().contains("process began: 1"));
        JsonNode before = flag(jar, MODERN, "");
        assertThat(before.path("stage").asText()).isEqualTo("stable");
        assertThat(before.path("locked").asBoolean(true)).isFalse();
        assertThat(before.path("value").asBoolean()).isTrue();
        assertThat(before.path("ifOff").asText()).contains("end");
        assertThat(flag(jar, "gateway.alpha.all", "").path("kind").asText())
            .isEqualTo("kill-switch");
        assertThat(put(jar, MODERN, "{\"value\":false,\"reason\":\"a trial\"}")).isEqualTo(200);
        assertThat(call(jar)).isEqualTo(400);
        JsonNode off = flag(jar, MODERN, "");
        assertThat(off.path("value").asBoolean(true)).isFalse();
        assertThat(off.path("reason").asText()).contains("a trial");
        assertThat(off.at("/overrides/0/reason").asText()).isEqualTo("a trial");
        assertThat(send(jar, "GET", "/admin/audit", "").body())
            .contains("flag " + MODERN, "for all: a trial");
        jar.process().destroyForcibly();
      }
      try (Jar jar = start(up, "data")) {
        Eventually.holds("it is off over a restart", AT_ONCE, () -> call(jar) == 400);
        assertThat(send(jar, "DELETE", "/admin/flags/" + MODERN, "").statusCode()).isEqualTo(200);
        assertThat(call(jar)).isEqualTo(200);
      }
    }
  }

  @Test
  void anUpstreamIsNotCalledInWhatIsOffAndThatIsToldBefore() throws IOException {
    String key = "upstream.mcp.2026-07-28";
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data")) {
      up.on("initialize", Scripts.status(400));
      assertThat(flag(jar, key, "").path("uses")).isEmpty();
      assertThat(call(jar)).isEqualTo(200);
      JsonNode before = flag(jar, key, "");
      assertThat(before.at("/uses/0").asText()).isEqualTo("upstream one is known to speak it");
      assertThat(before.path("ifOff").asText()).contains("calls to them fail: one");
      assertThat(put(jar, key, "{\"value\":false,\"tenant\":\"labs\",\"reason\":\"r\"}"))
          .isEqualTo(400);
      assertThat(put(jar, key, "{\"value\":false,\"reason\":\"r\"}")).isEqualTo(200);
      int seen = up.seen("tools/call").size();
      assertThat(answer(jar).code()).isEqualTo(-31502);
      assertThat(up.seen("tools/call")).hasSize(seen);
      Eventually.holds("the log says which flag", () -> said(jar).contains(key));
      assertThat(flag(jar, key, "").has("ifOff")).isFalse();
      assertThat(send(jar, "DELETE", "/admin/flags/" + key, "").statusCode()).isEqualTo(200);
      assertThat(call(jar)).isEqualTo(200);
    }
  }

  @Test
  void theOldSettingTurnsTheOldTransportOnAtBothEdges() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data", "-Dturnpike.mcp.http-sse=true")) {
      for (String key : List.of("protocol.mcp.http-sse", "upstream.mcp.http-sse")) {
        assertThat(flag(jar, key, "").path("value").asBoolean()).as(key).isTrue();
        assertThat(put(jar, key, "{\"value\":false,\"reason\":\"r\"}")).isEqualTo(200);
        assertThat(flag(jar, key, "").path("value").asBoolean(true)).as(key).isFalse();
      }
    }
  }

  @Test
  void anOverrideExpiresByItself() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data")) {
      assertThat(put(jar, MODERN, "{\"value\":false,\"reason\":\"a moment\",\"expires\":\"2s\"}"))
          .isEqualTo(200);
      assertThat(call(jar)).isEqualTo(400);
      Eventually.holds("it has expired", SOON, () -> call(jar) == 200);
      assertThat(flag(jar, MODERN, "").path("overrides")).isEmpty();
    }
  }

  @Test
  void aTenantHasItsOwn() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data")) {
      assertThat(put(jar, MODERN, "{\"value\":false,\"tenant\":\"labs\",\"reason\":\"theirs\"}"))
          .isEqualTo(200);
      assertThat(call(jar)).as("nobody's tenant").isEqualTo(200);
      assertThat(flag(jar, MODERN, "?tenant=labs").path("value").asBoolean(true)).isFalse();
      assertThat(flag(jar, MODERN, "?tenant=other").path("value").asBoolean()).isTrue();
    }
  }

  @Test
  void whatCannotBeSwitchedIsRefused() throws IOException {
    Path flags = Files.createDirectory(folder.resolve("flags"));
    for (Path file : shipped()) {
      Files.copy(file, flags.resolve(file.getFileName()));
    }
    Path locked = flags.resolve("gateway.alpha.all.json");
    Files.writeString(
        locked, Files.readString(locked).replace("\"locked\": false", "\"locked\": true"));
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data", "-Dturnpike.flags=" + flags)) {
      String good = "{\"value\":false,\"reason\":\"r\"}";
      assertThat(put(jar, "gateway.alpha.all", good)).isEqualTo(409);
      assertThat(put(jar, "made.up", good)).isEqualTo(404);
      for (String bad :
          List.of(
              "{\"value\":false}",
              "{\"value\":false,\"reason\":\" \"}",
              "{\"value\":\"off\",\"reason\":\"r\"}",
              "{\"reason\":\"r\"}",
              "{\"value\":false,\"reason\":\"r\",\"expires\":\"2020-01-01T00:00:00Z\"}",
              "{\"value\":false,\"reason\":\"r\",\"expires\":\"soon\"}",
              "{\"value\":false,\"reason\":\"r\",\"expires\":\"999999999999d\"}",
              "{\"value\":false,\"reason\":\"r\",\"expires\":\"PT2562047788015215H\"}",
              "{\"value\":false,\"reason\":\"r\",\"tenant\":\"\"}",
              "{\"value\":false,\"reason\":\"r\",\"tenant\":7}",
              "{\"value\":false,\"reason\":\"r\",\"tenants\":\"labs\"}",
              "{\"value\":false,\"value\":true,\"reason\":\"r\"}",
              "not JSON")) {
        assertThat(put(jar, MODERN, bad)).as(bad).isEqualTo(400);
      }
      assertThat(send(jar, "POST", "/admin/flags/" + MODERN, good).statusCode()).isEqualTo(405);
      assertThat(send(jar, "GET", "/admin/flags?tenants=x", "").statusCode()).isEqualTo(400);
      assertThat(call(jar)).isEqualTo(200);
    }
  }

  private static List<Path> shipped() throws IOException {
    try (var files = Files.list(Path.of("feature-flags"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void aChangedFileIsInForceAndABrokenOneIsNot() throws IOException {
    Path flags = Files.createDirectory(folder.resolve("flags"));
    for (Path file : shipped()) {
      Files.copy(file, flags.resolve(file.getFileName()));
    }
    Path modern = flags.resolve(MODERN + ".json");
    String on = Files.readString(modern);
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "data", "-Dturnpike.flags=" + flags)) {
      Files.writeString(
          modern, on.replace("\"defaultVariant\": \"on\"", "\"defaultVariant\": \"off\""));
      Eventually.holds("it is off", SOON, () -> call(jar) == 400);
      Files.writeString(modern, on.substring(0, 100));
      Eventually.holds(
          "it is told", SOON, () -> said(jar).contains("flag files refused, the last good"));
      assertThat(call(jar)).isEqualTo(400);
      Files.writeString(modern, on);
      Eventually.holds("it is on", SOON, () -> call(jar) == 200);
    }
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
  void replicasShareOverridesAndGoOnWithoutTheStore() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        RedisServer redis = RedisServer.start()) {
      String[] settings = {"-Dturnpike.store=redis", "-Dquarkus.redis.hosts=" + redis.url()};
      try (Jar one = start(up, "one", settings);
          Jar two = start(up, "two", settings)) {
        assertThat(put(one, MODERN, "{\"value\":false,\"reason\":\"r\"}")).isEqualTo(200);
        Eventually.holds("the other has it", AT_ONCE, () -> call(two) == 400);
        // first it hangs, and then it is gone
        redis.sleep();
        HttpResponse<String> unsure =
            send(one, "PUT", "/admin/flags/" + MODERN, "{\"value\":true,\"reason\":\"hangs\"}");
        assertThat(unsure.statusCode()).isEqualTo(503);
        assertThat(unsure.body()).contains("not known");
        assertThat(send(one, "GET", "/admin/audit", "").body()).contains("unsure: on", "hangs");
        Eventually.holds(
            "it is told", () -> said(one).contains("what administrators have switched cannot"));
        redis.wake();
        Eventually.holds("both have it", AT_ONCE, () -> call(one) == 200 && call(two) == 200);
        assertThat(put(one, MODERN, "{\"value\":false,\"reason\":\"r\"}")).isEqualTo(200);
        Eventually.holds("the other has it", AT_ONCE, () -> call(two) == 400);
        redis.stop();
        Eventually.holds(
            "it is told", () -> said(two).contains("what administrators have switched cannot"));
        assertThat(call(two)).as("what was read last holds").isEqualTo(400);
        HttpResponse<String> away =
            send(two, "PUT", "/admin/flags/" + MODERN, "{\"value\":true,\"reason\":\"r\"}");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(call(two)).isEqualTo(400);
      }
    }
  }

  private static String said(Jar jar) {
    try {
      return jar.said();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
