package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers of an alpha that do not read. */
class SlowReadersTest {
  private static final int CALLERS = 4;
  private static final String NOTICE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\","
          + "\"data\":\""
          + "x".repeat(20_000)
          + "\"}}";

  @Test
  void doNotTurnItOffForTheOthers() {
    Trying flags = new Trying(Trying.within(Duration.ofSeconds(4)));
    try (FakeUpstream up = FakeUpstream.modern().on("tools/call", Scripts.endless(NOTICE));
        Road road =
            Road.trying(Road.open("m", up.url()), Settings.DEFAULT, List.of(new Tasks()), flags)) {
      RawRequest call = RawRequest.call("m", "1", "echo", "{}");
      RawRequest declaring =
          call.body(
              call.body()
                  .text()
                  .replace(
                      "clientCapabilities\":{}",
                      "clientCapabilities\":{\"extensions\":{\"" + Tasks.ID + "\":{}}}"));
      for (int round = 0; round < 3; round++) {
        List<RawCaller> slow = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          slow.add(RawCaller.slowly(road).send(declaring).head());
        }
        assertThat(slow).allMatch(caller -> caller.status() == 200);
        road.settle();
        slow.forEach(RawCaller::close);
      }
      assertThat(flags.why()).isEmpty();
    }
  }
}
