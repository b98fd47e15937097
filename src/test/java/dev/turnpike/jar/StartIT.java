package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.EstimatorJar;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the jar starts, and how it does not. */
class StartIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"quarkus.http.port", "quarkus.management.port"})
  void saysThatAPortIsTaken(String setting) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Jar jar =
            Jar.start(folder, Map.of(), List.of("-D" + setting + "=" + taken.getLocalPort()))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said())
          .contains(Integer.toString(taken.getLocalPort()))
          .doesNotContain("Turnpike is open");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus.http.port", "turnpike.proxy-v2.port"})
  void doesNotShareItsManagementPortWithCallers(String setting) throws Exception {
    int port = Jar.free();
    try (Jar jar =
        Jar.start(
            folder,
            Map.of(),
            List.of(
                "-D" + setting + "=" + port,
                "-Dquarkus.management.port=" + port,
                "-Dturnpike.identity.workload=proxy-v2"))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said())
          .contains("quarkus.management.port: must not be that of " + setting + ", " + port);
    }
  }

  @Test
  void doesNotStartWithATimeThatIsNone() throws Exception {
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.limits.head-time=0s"))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said()).contains("turnpike.limits.head-time: must be more than 0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connections", "exchanges", "calls-per-caller", "streams-per-caller"})
  void doesNotStartWithRoomForNobody(String limit) throws Exception {
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.limits." + limit + "=0"))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said()).contains("turnpike.limits." + limit + ": must be 1 or more, found 0");
    }
  }

  @Test
  void doesNotStartWithKeysThatAreNone() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "one:c2VjcmV0\n");
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.keys-file=" + keys))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said()).contains("turnpike.keys-file", "line 1").doesNotContain("c2VjcmV0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimator=dev.example.Missing",
        "estimator=provider",
        "estimator-jars=lib",
        "usage.input=usage",
        "usage.several=first"
      })
  void doesNotStartWithTokensThatCannotBeCounted(String setting) throws Exception {
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.tokens." + setting))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said())
          .contains("turnpike.tokens." + setting.replaceAll("=.*", ": "))
          .doesNotContain("Turnpike is open", "\tat ");
    }
  }

  @Test
  void countsWithAnEstimatorThatStandsBesideIt() throws Exception {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    EstimatorJar.in(jars);
    try (FakeUpstream up = FakeUpstream.modern()) {
      up.on(
          "tools/call",
          Scripts.json(
              "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
                  + "\"content\":[{\"type\":\"text\",\"text\":\"one two\"}]}}"));
      Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
      try (Jar jar =
              Jar.start(
                      folder,
                      Map.of("TURNPIKE_CONFIG", file.toString()),
                      List.of(
                          "-Dturnpike.tokens.estimator=" + EstimatorJar.WORDS,
                          "-Dturnpike.tokens.estimator-jars=" + jars,
                          "-Dturnpike.tokens.share=1"))
                  .ready();
          RawCaller caller = RawCaller.to(jar.port())) {
        caller.send(RawRequest.call("one", "1", "t", "{\"a\": 1}"));
        assertThat(caller.answer().status()).isEqualTo(200);
        // two words and two words, and each has the one for the table
        Eventually.holds(
            "it is counted",
            () ->
                said(jar)
                    .contains(
                        "input_tokens=3 input_basis=counted output_tokens=3 output_basis=counted"));
      }
    }
  }

  @Test
  void takesKeysThatChangeWhileItRuns() throws Exception {
    String one = "one:" + "A".repeat(43) + "=\n";
    Path keys = Files.writeString(folder.resolve("keys"), one);
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.keys-file=" + keys)).ready()) {
      Files.writeString(keys, one.replace("one", "two") + one);
      Eventually.holds("they are taken", () -> said(jar).contains("in force: KeyRing[two, one]"));
    }
  }

  @Test
  void doesNotStartWithAPublicUrlThatIsNone() throws Exception {
    try (Jar jar = Jar.start(folder, Map.of(), List.of("-Dturnpike.public-url=nope"))) {
      assertThat(jar.ended()).isNotZero();
      assertThat(jar.said()).contains("turnpike.public-url", "nope");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Host: a, b\r\n", "Host: x@localhost\r\n", "Host: localhost:evil\r\n"})
  void refusesABrokenHostInOneLineOfItsLog(String host) throws IOException {
    try (Jar jar = Jar.start(folder, Map.of(), List.of()).ready();
        RawCaller caller = RawCaller.to(jar.port())) {
      caller.send("POST /mcp/demo HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(403);
      Eventually.holds("a line", () -> said(jar).contains("refusal=foreign_origin"));
      assertThat(jar.said()).doesNotContain("ERROR", "Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/metrics", "/admin/usage", "/console", "/"})
  void keepsTheManagementRoutesOffTheDataPort(String path) throws IOException {
    try (Jar jar = Jar.start(folder, Map.of(), List.of()).ready()) {
      assertThat(Jar.get(jar.url(path)).statusCode()).isEqualTo(404);
    }
  }

  private static String said(Jar jar) {
    try {
      return jar.said();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
