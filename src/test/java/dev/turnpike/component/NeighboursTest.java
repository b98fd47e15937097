package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Calls that share an upstream's connections, one after the other. */
class NeighboursTest extends OwnRoad {
  private static final int CALLS = 60;
  private static final String BAD = "{\"bad\":true}";

  static final List<Arguments> ANSWERS =
      List.of(
          Arguments.of("a status that is none of an answer", Scripts.status(429)),
          Arguments.of("a message that is cut off", Scripts.json("{\"jsonrpc\":")),
          Arguments.of("an event that is cut off", Scripts.events("{\"jsonrpc\":")),
          Arguments.of("a batch", Scripts.json("[]")),
          Arguments.of(
              "an encoding", Scripts.status(200, "Content-Encoding: gzip\r\n", "{\"a\":1}")));

  @ParameterizedTest(name = "{0}")
  @FieldSource("ANSWERS")
  void areLeftAloneWhereAnAnswerCannotBeTaken(String what, Script answer) throws Exception {
    up.on(
        "tools/call",
        (seen, line) -> {
          Script script = seen.text().contains(BAD) ? answer : Scripts.json(Scripts.RESULT);
          script.play(seen, line);
        });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> good = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        good.add(callers.submit(() -> said("{}")));
        callers.submit(() -> said(BAD));
      }
      for (Future<String> calls : good) {
        mustBeServed(what, calls);
      }
    }
    assertThat(up.connections()).as("connections are kept").isLessThan(CALLS);
  }

  private static void mustBeServed(String beside, Future<String> calls)
      throws ExecutionException, InterruptedException {
    assertThat(calls.get().split("served", -1)).as("beside %s", beside).hasSize(CALLS + 1);
  }

  private String said(String arguments) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < CALLS; i++) {
      RawRequest call = RawRequest.call("one", Integer.toString(i), "echo", arguments);
      all.append(RawCaller.ask(road, call).text());
    }
    return all.toString();
  }
}
