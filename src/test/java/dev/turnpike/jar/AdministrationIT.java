package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.identify.BearerKeys;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a file, explanations and the audit trail, of a running process. */
class AdministrationIT {
  private static final String KEY = "tp_0123456789abcdefghijklmnop";

  @TempDir private Path folder;

  private record Command(int status, String out, String err) {}

  private Command run(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-jar");
    line.add(
        Path.of(System.getProperty("packaged.jar", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath()
            .toString());
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).directory(folder.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Command(process.exitValue(), out, err);
  }

  private Path file(FakeUpstream up, String more) throws IOException {
    return Files.writeString(
        folder.resolve("turnpike.yaml"),
        """
        upstreams:
          up: { mcp: { url: "%s" } }
        endpoints:
          tools: { mcp: { upstreams: [up] } }
        rules:
          - name: readers-echo
            allow: { tools: [echo] }
            when: '"readers" in caller.groups'
            audit: true
          - { name: never, deny: { tools: [drop] } }
        %s
        """
            .formatted(up.url(), more));
  }

  private Jar start(FakeUpstream up, String more) throws IOException {
    return begun(up, more).ready();
  }

  private Jar begun(FakeUpstream up, String more) throws IOException {
    Path keys =
        Files.writeString(
            folder.resolve("keys"),
            BearerKeys.hash(KEY) + " ann tenant=acme groups=readers,payers\n");
    return Jar.start(
        folder,
        Map.of("TURNPIKE_CONFIG", file(up, more).toString()),
        List.of("-Dturnpike.identity.keys-file=" + keys));
  }

  private static RawAnswer call(Jar jar, String tool, String key) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      RawRequest call = RawRequest.call("tools", "7", tool, "{}").replaced("Host", "localhost");
      return caller
          .send(key.isEmpty() ? call : call.with("Authorization", "Bearer " + key))
          .answer();
    }
  }

  @Test
  void aKeyOfTheFileIsGoodUntilItIsTakenOut() throws IOException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "")) {
      assertThat(call(jar, "echo", KEY).json().has("result")).isTrue();
      assertThat(call(jar, "drop", KEY).code()).isEqualTo(-32602);
      RawAnswer none = call(jar, "echo", "");
      assertThat(none.status()).isEqualTo(401);
      assertThat(none.fields().first("www-authenticate")).isEqualTo("Bearer");
      assertThat(call(jar, "echo", KEY + "x").fields().first("www-authenticate"))
          .isEqualTo("Bearer error=\"invalid_token\"");
      up.on(
          "subscriptions/listen",
          Scripts.hangInStream(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                  + "\"params\":{\"notifications\":{\"toolsListChanged\":true},\"_meta\":{}}}"));
      try (RawCaller stream = RawCaller.to(jar.port())) {
        stream
            .send(
                RawRequest.modern(
                        "tools",
                        "5",
                        "subscriptions/listen",
                        "\"notifications\":{\"toolsListChanged\":true}")
                    .replaced("Host", "localhost")
                    .with("Authorization", "Bearer " + KEY))
            .head();
        assertThat(stream.status()).isEqualTo(200);
        // one line more that is wrong does not keep it
        Files.writeString(folder.resolve("keys"), "rubbish\n# nobody");
        Eventually.holds("it is out", () -> call(jar, "echo", KEY).status() == 401);
        // and what it has open ends
        stream.rest();
      }
    }
  }

  @Test
  void whatWasDecidedIsExplainedAndWrittenDown() throws IOException, InterruptedException {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "")) {
      call(jar, "echo", KEY);
      call(jar, "drop", KEY);
      call(jar, "echo", "");
      String admin = "--admin=" + jar.managementUrl("");
      Command why = run("explain", "tools", "drop", "--group", "readers", admin, "--args", "{}");
      assertThat(why.status()).as(why.err()).isZero();
      assertThat(why.out()).startsWith("deny").contains("rule never denies it");
      Command allowed =
          run("explain", "tools", "echo", "--group", "readers", admin, "--args", "{}");
      assertThat(allowed.out()).startsWith("permit").contains("readers-echo");
      assertThat(run("explain", "tools", "echo", admin).out())
          .startsWith("deny")
          .contains("without identity");
      Eventually.holds(
          "the trail is written",
          () ->
              trail(jar, "").contains("\"started\"") && trail(jar, "?rule=never").contains("drop"));
      assertThat(trail(jar, "?kind=permitted"))
          .contains("\"caller\":\"ann\"")
          .contains("\"rule\":\"readers-echo\"")
          .doesNotContain(KEY);
      assertThat(trail(jar, "?refusal=unauthenticated")).contains("/mcp/tools");
      jar.process().destroy();
      jar.ended();
    }
    Command whole = run("audit", "verify", "data/audit");
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("none was changed, lost or moved");
    Path trail;
    try (var files = Files.list(folder.resolve("data/audit"))) {
      trail = files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    assertThat(Files.readString(trail)).doesNotContain(KEY).doesNotContain("secret");
    Files.writeString(trail, Files.readString(trail).replace("\"ann\"", "\"eve\""));
    Command changed = run("audit", "verify", "data/audit");
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.err()).contains("is not the record that was written");
  }

  private static String trail(Jar jar, String query) {
    try {
      return Jar.get(jar.managementUrl("/admin/audit" + query)).body();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void whereTheTrailIsRequiredNothingGoesWithoutIt() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Path blocked = Files.writeString(folder.resolve("data/audit"), "in the way");
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = begun(up, "audit: { required: true }")) {
      Eventually.holds("it is up, and not ready", () -> jar.readiness() == 503);
      assertThat(jar.said()).contains("THE AUDIT TRAIL CANNOT BE WRITTEN");
      assertThat(call(jar, "echo", KEY).status()).isEqualTo(503);
      assertThat(up.seen()).isEmpty();
      Files.delete(blocked);
      Eventually.holds("it serves", () -> call(jar, "echo", KEY).status() == 200);
      jar.ready();
    }
  }

  @Test
  void whereItIsNotRequiredTheRoadGoesOn() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/audit"), "in the way");
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "")) {
      assertThat(jar.said()).contains("THE AUDIT TRAIL CANNOT BE WRITTEN");
      assertThat(call(jar, "echo", KEY).status()).isEqualTo(200);
    }
  }
}
