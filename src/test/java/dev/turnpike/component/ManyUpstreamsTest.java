package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.Program;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Twenty upstreams of both eras, two of them child processes, behind one endpoint, with two
 * thousand tools in pages of seven.
 */
class ManyUpstreamsTest {
  private static final int UPSTREAMS = 20;
  private static final int PROCESSES = 2;
  private static final int TOOLS = 100;
  private static final int PAGE = 7;

  private final List<FakeUpstream> all = new ArrayList<>();
  private final LoudLog log = new LoudLog();
  private String file = "";
  private final Road road = serving();

  private Road serving() {
    StringBuilder upstreams = new StringBuilder("upstreams:\n");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < UPSTREAMS; i++) {
      names.append(i == 0 ? "u" : ", u").append(i);
      if (i >= UPSTREAMS - PROCESSES) {
        upstreams.append(
            "  u%d: { mcp: { command: %s, timeout: 4s } }\n"
                .formatted(i, Program.command("pages")));
        continue;
      }
      FakeUpstream one = i % 2 == 0 ? FakeUpstream.modern() : FakeUpstream.legacy("2025-11-25");
      one.on("tools/list", pages(TOOLS, PAGE));
      all.add(one);
      upstreams.append("  u%d: { mcp: { url: \"%s\", timeout: 4s } }\n".formatted(i, one.url()));
    }
    file =
        upstreams
            + "endpoints:\n  all: { mcp: { upstreams: ["
            + names
            + "] }, anonymous: true }\n"
            + "rules:\n  - name: all\n    allow: { endpoints: [all] }\n";
    return Road.serving(file);
  }

  private static Script pages(int tools, int size) {
    return (request, line) -> {
      String text = request.text();
      int cursor = text.indexOf("\"cursor\":\"");
      int from =
          cursor < 0
              ? 0
              : Integer.parseInt(text.substring(cursor + 10, text.indexOf('"', cursor + 10)));
      StringBuilder page = new StringBuilder();
      int to = Math.min(tools, from + size);
      for (int i = from; i < to; i++) {
        page.append(i == from ? "" : ",")
            .append("{\"name\":\"t")
            .append(i)
            .append("\",\"inputSchema\":{\"type\":\"object\"}}");
      }
      line.json(
          "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"tools\":["
              + page
              + "]"
              + (to < tools ? ",\"nextCursor\":\"" + to + "\"" : "")
              + ",\"ttlMs\":60000,\"cacheScope\":\"public\"}}");
    };
  }

  @AfterEach
  void end() {
    road.settle();
    log.mustBeQuiet();
    log.close();
    road.close();
    all.forEach(FakeUpstream::close);
  }

  private JsonNode list(String params) {
    RawAnswer answer = RawCaller.ask(road, RawRequest.modern("all", "1", "tools/list", params));
    assertThat(answer.code()).as(answer.text()).isZero();
    return answer.json().path("result");
  }

  /** Every page; whatever happens between two of them happens in {@code between}. */
  private List<String> everything(Runnable between) {
    List<String> names = new ArrayList<>();
    String params = "";
    while (true) {
      JsonNode page = list(params);
      page.path("tools").forEach(tool -> names.add(tool.path("name").asText()));
      if (!page.has("nextCursor")) {
        return names;
      }
      params = "\"cursor\":" + page.path("nextCursor");
      between.run();
    }
  }

  @Test
  void showsEachToolExactlyOnceInOrder() {
    List<String> names = everything(() -> {});
    assertThat(names).hasSize(UPSTREAMS * TOOLS).doesNotHaveDuplicates();
    assertThat(names.getFirst()).isEqualTo("u0_t0");
    assertThat(names.getLast()).isEqualTo("u19_t99");
  }

  @Test
  void showsOneStateOfTheListAlsoWhereItChangesMeanwhile() {
    AtomicInteger changes = new AtomicInteger();
    List<String> names =
        everything(() -> {
          all.getFirst().on("tools/list", pages(TOOLS - changes.incrementAndGet(), PAGE));
          all.getFirst()
              .on(
                  "tools/call",
                  Scripts.events(
                      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}",
                      Scripts.RESULT));
          assertThat(RawCaller.ask(road, RawRequest.call("all", "2", "u0_t0", "{}")).status())
              .isEqualTo(200);
          // somebody else sees the new state
          list("");
        });
    assertThat(names).hasSize(UPSTREAMS * TOOLS).doesNotHaveDuplicates();
    assertThat(new HashSet<>(everything(() -> {}))).hasSize(UPSTREAMS * TOOLS - changes.get());
  }

  @Test
  void doesWithoutTheOneThatIsDownAndTheOneThatIsSlowAndSaysSo() {
    all.get(3).close();
    all.get(4).on("tools/list", Scripts.hang());
    List<String> names = everything(() -> {});
    assertThat(names).hasSize((UPSTREAMS - 2) * TOOLS).doesNotHaveDuplicates();
    assertThat(names).noneMatch(name -> name.startsWith("u3_") || name.startsWith("u4_"));
    assertThat(list("").path("ttlMs").asInt()).isLessThanOrEqualTo(5_000);
    RawAnswer known = RawCaller.ask(road, RawRequest.call("all", "2", "u5_t0", "{}"));
    assertThat(known.code()).isZero();
  }

  @Test
  void showsWhatTheRulesOfNowLetBeSeen() {
    assertThat(everything(() -> {})).hasSize(UPSTREAMS * TOOLS);
    road.reload(file + "  - name: less\n    deny: { tools: [\"u1*\"] }\n");
    assertThat(everything(() -> {})).hasSize((UPSTREAMS - 11) * TOOLS).doesNotHaveDuplicates();
    road.reload(file);
    assertThat(everything(() -> {})).hasSize(UPSTREAMS * TOOLS);
  }

  @Test
  void refusesACursorThatIsNone() {
    String cursor = list("").path("nextCursor").asText();
    assertThat(cursor).isNotEmpty();
    for (String other : new String[] {"", "x", "7", cursor.substring(1), cursor + "A"}) {
      RawAnswer answer =
          RawCaller.ask(
              road, RawRequest.modern("all", "1", "tools/list", "\"cursor\":\"" + other + "\""));
      assertThat(answer.code()).as(other).isEqualTo(-32602);
    }
    RawAnswer elsewhere =
        RawCaller.ask(
            road, RawRequest.modern("all", "1", "prompts/list", "\"cursor\":\"" + cursor + "\""));
    assertThat(elsewhere.code()).isEqualTo(-32602);
  }

  @Test
  void saysWhereOneHasMoreThanIsKept() {
    all.get(1).on("tools/list", pages(100_000, 1_000));
    List<String> names = everything(() -> {});
    assertThat(names).hasSize((UPSTREAMS - 1) * TOOLS + 20_000).doesNotHaveDuplicates();
    assertThat(road.gateway().catalog().join().getFirst().upstreams().get(1).omitted())
        .isEqualTo("tools: it has more than are kept");
  }
}
