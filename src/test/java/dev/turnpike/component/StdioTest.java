package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.Program;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that Turnpike starts itself. */
class StdioTest {
  private static Road serving(String mode, String more) {
    return Road.serving(
        """
        upstreams:
          one: { mcp: { command: %s%s } }
        endpoints:
          one: { mcp: { upstreams: [one] }, anonymous: true }
        rules:
          - { name: all, allow: { endpoints: [one] } }
        """
            .formatted(Program.command(mode), more));
  }

  private static RawAnswer call(Road road, String tool) {
    return RawCaller.ask(road, RawRequest.call("one", "\"x-1\"", tool, "{}"));
  }

  private static String text(RawAnswer answer) {
    return answer.json().at("/result/content/0/text").asText(answer.text());
  }

  private static RawRequest in(String session, String id, String method, String params) {
    return RawRequest.legacy("one", session, RawRequest.legacyBody(id, method, params));
  }

  private static String tool(Road road, String session, String name) {
    return text(
        RawCaller.ask(
            road, in(session, "7", "tools/call", "{\"name\":\"" + name + "\",\"arguments\":{}}")));
  }

  private static void none(String mode) {
    Eventually.holds("no process left", () -> Program.running(mode).findAny().isEmpty());
  }

  @Test
  void isServedToCallersOfBothEras() {
    try (Road road = serving("good", "")) {
      RawAnswer modern = call(road, "echo");
      assertThat(text(modern)).isEqualTo("served");
      assertThat(modern.json().path("id").asText()).isEqualTo("x-1");
      String session = RawCaller.session(road, "one", "2025-06-18");
      assertThat(tool(road, session, "echo")).isEqualTo("served");
      JsonNode tools = RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", "")).json();
      assertThat(tools.at("/result/tools")).as(tools.toString()).hasSize(2);
      road.settle();
    }
    none("good");
  }

  @Test
  void hasAProcessForEachSession() {
    try (Road road = serving("good", "")) {
      String one = RawCaller.session(road, "one", "2025-11-25");
      String other = RawCaller.session(road, "one", "2025-11-25");
      String first = tool(road, one, "pid");
      assertThat(first).endsWith(" 1");
      assertThat(tool(road, one, "pid")).isEqualTo(first.replace(" 1", " 2"));
      assertThat(tool(road, other, "pid")).endsWith(" 1").isNotEqualTo(first);
      RawCaller.ask(road, RawRequest.legacy("one", one, "").method("DELETE").body(""));
      Eventually.holds("one process", () -> Program.running("good").count() == 1);
    }
    none("good");
  }

  @Test
  void hasOneProcessForAllWhereItIsShared() {
    try (Road road = serving("good", ", sharing: shared")) {
      String one = RawCaller.session(road, "one", "2025-11-25");
      String other = RawCaller.session(road, "one", "2025-06-18");
      String first = tool(road, one, "pid");
      assertThat(tool(road, other, "pid")).isEqualTo(first.replace(" 1", " 2"));
      assertThat(text(call(road, "pid"))).isEqualTo(first.replace(" 1", " 3"));
      assertThat(Program.running("good")).hasSize(1);
      RawCaller.ask(road, RawRequest.legacy("one", one, "").method("DELETE").body(""));
      assertThat(tool(road, other, "pid")).isEqualTo(first.replace(" 1", " 4"));
      road.settle();
    }
    none("good");
  }

  @Test
  void answersTheRevisionThatASessionOfASharedOneAskedFor() {
    try (Road road = serving("good", ", sharing: shared")) {
      RawAnswer opened =
          RawCaller.ask(
              road,
              RawRequest.post(
                  "one",
                  RawRequest.legacyBody(
                      "0",
                      "initialize",
                      "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":"
                          + "{\"name\":\"c\",\"version\":\"1\"}}")));
      assertThat(opened.json().at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
      assertThat(opened.json().at("/result/capabilities").has("logging")).isFalse();
      assertThat(opened.json().path("id").asInt()).isZero();
    }
  }

  @Test
  void tellsOfAResourceOnlyThoseSessionsThatSubscribedToIt() {
    try (Road road = serving("good", ", sharing: shared")) {
      String one = RawCaller.session(road, "one", "2025-11-25");
      String other = RawCaller.session(road, "one", "2025-11-25");
      try (RawCaller hears = RawCaller.to(road);
          RawCaller deaf = RawCaller.to(road)) {
        hears.send(RawRequest.get("one", one)).head();
        deaf.send(RawRequest.get("one", other)).head();
        RawCaller.ask(road, in(one, "1", "resources/subscribe", "{\"uri\":\"a://1\"}"));
        assertThat(hears.event().data()).contains("resources/updated");
        // the next thing that the other hears is of its own
        RawCaller.ask(road, in(other, "1", "resources/subscribe", "{\"uri\":\"a://2\"}"));
        RawCaller.ask(road, in(other, "2", "resources/subscribe", "{\"uri\":\"a://1\"}"));
        assertThat(deaf.event().data()).contains("resources/updated");
      }
    }
  }

  @Test
  void givesProgressAndLogsToTheCallThatTheyBelongTo() {
    try (Road road = serving("good", "");
        RawCaller caller = RawCaller.to(road)) {
      String session = RawCaller.session(road, "one", "2025-11-25");
      caller.send(
          in(
              session,
              "7",
              "tools/call",
              "{\"name\":\"progress\",\"_meta\":{\"progressToken\":\"mine\"},\"arguments\":{}}"));
      caller.head();
      assertThat(caller.event().data()).contains("beginning");
      assertThat(caller.event().data()).contains("\"progressToken\":\"mine\",\"progress\":1");
      assertThat(caller.event().data()).contains("\"progressToken\":\"mine\",\"progress\":2");
      assertThat(caller.event().data()).contains("done", "\"id\":7");
    }
  }

  @Test
  void letsItAskTheCallerInTheMiddleOfACall() {
    try (Road road = serving("good", "");
        RawCaller caller = RawCaller.to(road)) {
      String session = RawCaller.session(road, "one", "2025-11-25");
      caller.send(in(session, "7", "tools/call", "{\"name\":\"ask\",\"arguments\":{}}"));
      caller.head();
      assertThat(caller.event().data()).contains("elicitation/create", "\"q-1\"");
      RawAnswer taken =
          RawCaller.ask(
              road,
              RawRequest.legacy(
                  "one",
                  session,
                  "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"result\":{\"action\":\"decline\"}}"));
      assertThat(taken.status()).isEqualTo(202);
      assertThat(caller.event().data()).contains("answered");
    }
  }

  @Test
  void seesNoMoreOfTheEnvironmentThanItIsMeantTo(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hush\n");
    try (Road road =
        serving(
            "good",
            ", directory: \"%s\", env: { MINE: yes-mine, TOKEN: { file: \"%s\" } }"
                .formatted(folder.toRealPath(), secret))) {
      Set<String> names = new TreeSet<>();
      String seen = text(call(road, "env"));
      for (String entry : seen.split(";")) {
        names.add(entry.split("=", 2)[0]);
      }
      // what the shell sets for itself is not inherited
      names.removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_"));
      assertThat(List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "MINE", "TOKEN"))
          .containsAll(names);
      assertThat(names).contains("PATH", "MINE", "TOKEN");
      assertThat(seen).contains("MINE=yes-mine;", "TOKEN=hush;");
      assertThat(text(call(road, "where"))).isEqualTo(folder.toRealPath().toString());
    }
  }

  @Test
  void thatDiesInTheMiddleOfACallFailsThatCallAndIsBegunAnew() {
    try (Road road = serving("good", "")) {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      RawAnswer died = call(road, "die");
      assertThat(died.code()).isEqualTo(-31502);
      assertThat(died.text()).contains("ended with status 7");
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      String session = RawCaller.session(road, "one", "2025-11-25");
      assertThat(tool(road, session, "die")).contains("ended with status 7");
      assertThat(RawCaller.ask(road, in(session, "8", "tools/list", "{}")).status()).isEqualTo(404);
      road.settle();
    }
    none("good");
  }

  @Test
  void thatDiesAgainAndAgainIsLeftAloneForAMoment() {
    try (Road road = serving("good", ", revision: legacy")) {
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        told.add(call(road, "die").text());
      }
      assertThat(told).anyMatch(text -> text.contains("in a row, and is begun again in"));
      Eventually.holds("begun again", () -> text(call(road, "echo")).equals("served"));
    }
  }

  @Test
  void thatCannotBeStartedIsUnavailable() {
    try (Road road =
        Road.serving(
            Road.open("one", "http://127.0.0.1:1/")
                .replace("url: \"http://127.0.0.1:1/\"", "command: [/nowhere/to/be/found]"))) {
      RawAnswer answer = call(road, "echo");
      // on a slow machine it was tried before already, and is left alone for a moment
      assertThat(answer.code()).isBetween(-31503, -31502);
      assertThat(answer.text())
          .containsAnyOf("cannot be started", "is begun again in")
          .doesNotContain("nowhere");
      road.settle();
    }
  }

  @Test
  void thatEndsAtOnceIsUnavailable() {
    try (Road road = serving("at-once", "")) {
      RawAnswer answer = call(road, "echo");
      assertThat(answer.code()).isBetween(-31503, -31502);
      assertThat(answer.text()).contains("ended with status 3");
    }
    none("at-once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"banner", "stderr", "offended"})
  void isServedAlthoughItIsOdd(String mode) {
    try (Road road = serving(mode, "")) {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      road.settle();
    }
    none(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"babble", "endless"})
  void thatWritesOnlyRubbishIsEnded(String mode) {
    try (Road road = serving(mode, ", timeout: 5s")) {
      RawAnswer answer = call(road, "echo");
      assertThat(answer.code()).isBetween(-31503, -31502);
      assertThat(answer.text()).contains("wrote");
      none(mode);
    }
  }

  @Test
  void thatRefusesTheSessionLeavesNoProcess() {
    try (Road road = serving("refuses", ", revision: legacy")) {
      assertThat(call(road, "echo").code()).isEqualTo(-31502);
      none("refuses");
    }
  }

  @Test
  void thatRefusesTheSessionLeavesNoProcessWhereItIsShared() {
    try (Road road = serving("refuses", ", revision: legacy, sharing: shared, processes: 1")) {
      for (int i = 0; i < 3; i++) {
        assertThat(call(road, "echo").code()).isEqualTo(-31502);
        none("refuses");
      }
    }
  }

  @Test
  void thatNeverEndsIsEnded() {
    Road road = serving("never-ends", "");
    try {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      assertThat(Program.running("never-ends")).isNotEmpty();
    } finally {
      road.close();
    }
    none("never-ends");
  }

  @Test
  void thatNeitherReadsNorEndsIsEnded() {
    Road road = serving("stuck", ", sharing: shared, timeout: 1s");
    try {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      assertThat(call(road, "stop-reading").code()).isEqualTo(-31504);
      // more than a pipe holds: whoever writes is stuck from now on
      RawCaller.ask(
          road, RawRequest.call("one", "1", "echo", "{\"a\":\"" + "x".repeat(500_000) + "\"}"));
    } finally {
      road.close();
    }
    none("stuck");
  }

  @Test
  void isTakenOutOfServiceByAReload() {
    try (Road road = serving("good", "")) {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      road.reload(Road.open("one", "http://127.0.0.1:1/"));
      none("good");
    }
  }

  @Test
  void hasNoMoreProcessesThanItMayHave() {
    try (Road road = serving("good", ", processes: 2")) {
      RawCaller.session(road, "one", "2025-11-25");
      RawCaller.session(road, "one", "2025-11-25");
      RawAnswer third =
          RawCaller.ask(
              road,
              RawRequest.post(
                  "one",
                  RawRequest.legacyBody(
                      "0",
                      "initialize",
                      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":"
                          + "{\"name\":\"c\",\"version\":\"1\"}}")));
      assertThat(third.code()).isEqualTo(-31503);
      assertThat(third.text()).contains("that it may have");
    }
  }

  @Test
  void asksWhatThereIsBesideTheProcessesOfCallers() {
    try (Road road =
        Road.serving(
            """
            upstreams:
              one: { mcp: { command: %s, processes: 1 } }
              two: { mcp: { command: %s } }
            endpoints:
              one: { mcp: { upstreams: [one, two] }, anonymous: true }
            rules:
              - { name: all, allow: { endpoints: [one] } }
            """
                .formatted(Program.command("good"), Program.command("good")))) {
      for (int i = 0; i < 3; i++) {
        JsonNode tools =
            RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", "")).json();
        assertThat(tools.at("/result/tools")).as(tools.toString()).hasSize(4);
        assertThat(text(call(road, "one_echo"))).isEqualTo("served");
      }
      road.settle();
    }
    none("good");
  }

  @Test
  void isNotWaitedForLongerThanItMayTake() {
    try (Road road = serving("good", ", timeout: 1s")) {
      RawAnswer late = call(road, "hang");
      assertThat(late.code()).isEqualTo(-31504);
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      road.settle();
    }
  }

  @Test
  void thatAnswersDeeperThanItMayIsStillServedAfterwards() {
    try (Road road = serving("good", ", sharing: shared, timeout: 1s")) {
      assertThat(text(call(road, "echo"))).isEqualTo("served");
      assertThat(call(road, "deep").code()).isEqualTo(-31504);
      assertThat(text(call(road, "echo"))).isEqualTo("served");
    }
  }

  @Test
  void twoHundredOfThemAreServedBesideEachOther() {
    StringBuilder upstreams = new StringBuilder("upstreams:\n");
    StringBuilder endpoints = new StringBuilder("endpoints:\n");
    for (int i = 0; i < 200; i++) {
      upstreams.append("  u%d: { mcp: { command: %s } }\n".formatted(i, Program.command("many")));
      endpoints.append("  u%1$d: { mcp: { upstreams: [u%1$d] }, anonymous: true }\n".formatted(i));
    }
    try (Road road =
        Road.serving(upstreams + endpoints.toString() + "rules: [ { name: all, allow: {} } ]\n")) {
      Set<String> pids = new TreeSet<>();
      // all at once would be more than a small machine starts before it sheds load
      for (int first = 0; first < 200; first += 10) {
        List<RawCaller> callers = new ArrayList<>();
        for (int i = first; i < first + 10; i++) {
          callers.add(RawCaller.to(road).send(RawRequest.call("u" + i, "1", "pid", "{}")));
        }
        for (RawCaller caller : callers) {
          pids.add(text(caller.answer()));
          caller.close();
        }
      }
      assertThat(pids).hasSize(200).allMatch(pid -> pid.endsWith(" 1"));
      assertThat(Program.running("many")).hasSize(200);
    }
    none("many");
  }
}
