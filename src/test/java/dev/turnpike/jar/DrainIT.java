package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM. */
class DrainIT {
  @TempDir Path folder;

  private final FakeUpstream upstream = FakeUpstream.modern();

  private Jar start(String delay, String timeout) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"),
            """
            upstreams:
              one: { mcp: { url: "%s", timeout: 60s } }
            endpoints:
              one: { mcp: { upstreams: [one] }, anonymous: true }
            rules:
              - name: all
                allow: { endpoints: [one] }
            """
                .formatted(upstream.url()));
    return Jar.start(
            folder,
            Map.of("TURNPIKE_CONFIG", file.toString()),
            List.of("-Dquarkus.shutdown.delay=" + delay, "-Dquarkus.shutdown.timeout=" + timeout))
        .ready();
  }

  private static void terminate(Jar jar) {
    jar.process().destroy();
  }

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Test
  void isNotReadyAtOnceServesOnAndEndsWhenTheLastCallIsAnswered() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    upstream.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    try (Jar jar = start("2S", "30S");
        RawCaller caller = RawCaller.to(jar.port())) {
      caller.send(RawRequest.call("one", "1", "echo", "{}"));
      Eventually.holds("the call", () -> !upstream.seen("tools/call").isEmpty());
      terminate(jar);
      Eventually.holds("not ready", () -> jar.readiness() == 503);
      upstream.on("tools/list", Scripts.json("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{}}"));
      try (RawCaller late = RawCaller.to(jar.port())) {
        late.send(RawRequest.modern("one", "2", "tools/list", ""));
        assertThat(late.answer().status()).as("while it still serves").isEqualTo(200);
      }
      Eventually.holds("the drain", () -> saysGoodbye(jar));
      gate.countDown();
      RawAnswer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("served");
      assertThat(jar.ended()).isIn(0, 143);
      assertThat(jar.said()).contains("ending: not ready");
    }
  }

  private static boolean saysGoodbye(Jar jar) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      caller.send(RawRequest.modern("one", "3", "server/discover", ""));
      return caller.answer().fields().all("connection").contains("close");
    }
  }

  @Test
  void endsAtItsDeadlineWhateverIsUnderWay() throws Exception {
    upstream.on("tools/call", Scripts.hang());
    try (Jar jar = start("0S", "1S");
        RawCaller caller = RawCaller.to(jar.port())) {
      caller.send(RawRequest.call("one", "1", "echo", "{}"));
      Eventually.holds("the call", () -> !upstream.seen("tools/call").isEmpty());
      terminate(jar);
      assertThat(jar.ended()).isIn(0, 143);
    }
  }

  @Test
  void endsAtOnceWhenItIsToldTwice() throws Exception {
    upstream.on("tools/call", Scripts.hang());
    try (Jar jar = start("50S", "500S");
        RawCaller caller = RawCaller.to(jar.port())) {
      caller.send(RawRequest.call("one", "1", "echo", "{}"));
      Eventually.holds("the call", () -> !upstream.seen("tools/call").isEmpty());
      terminate(jar);
      Eventually.holds("not ready", () -> jar.readiness() == 503);
      terminate(jar);
      assertThat(jar.ended()).isEqualTo(143);
    }
  }
}
