package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Tries what a caller of each revision can do before an upstream of each era, and holds the table
 * in the README against what it saw. With {@code -Dturnpike.table.update=true} it writes the table.
 */
class RevisionsTableTest extends OwnRoad {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- the table is written by RevisionsTableTest -->\n";
  private static final String END = "<!-- end of the table -->\n";
  private static final String MODERN = "2026-07-28";
  private static final List<String> REVISIONS =
      List.of("2025-03-26", "2025-06-18", "2025-11-25", MODERN);
  private static final String CAN =
      "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
  private static final String TOKEN = "\"_meta\":{\"progressToken\":\"p\"";

  /** One thing to try; true where the caller got what it wants. */
  @FunctionalInterface
  interface Trial {
    boolean works(Cell cell);
  }

  /** A caller of one revision before an upstream of one era. */
  final class Cell {
    final String revision;
    final FakeUpstream upstream;
    final boolean upstreamIsModern;
    final String endpoint;
    final String session;
    private int ids;

    Cell(String revision, boolean upstreamIsModern) {
      this.revision = revision;
      this.upstreamIsModern = upstreamIsModern;
      this.upstream = upstreamIsModern ? up : old;
      this.endpoint = upstreamIsModern ? "one" : "old";
      upstream.forget();
      if (upstreamIsModern) {
        upstream.on("initialize", Scripts.status(400));
      }
      this.session = modern() ? "" : opened();
    }

    Road road() {
      return road;
    }

    boolean modern() {
      return revision.equals(MODERN);
    }

    private String opened() {
      RawAnswer answer =
          RawCaller.ask(
              road,
              RawRequest.post(
                  endpoint,
                  RawRequest.legacyBody(
                      "0",
                      "initialize",
                      "{\"protocolVersion\":\""
                          + revision
                          + "\",\"capabilities\":"
                          + CAN
                          + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
      return String.valueOf(answer.fields().first("mcp-session-id"));
    }

    /** A request; params are members without braces. */
    RawRequest request(String method, String params) {
      String id = Integer.toString(++ids);
      if (!modern()) {
        return RawRequest.legacy(
            endpoint, session, RawRequest.legacyBody(id, method, "{" + params + "}"));
      }
      String meta = params.contains(TOKEN) ? "\"progressToken\":\"p\"," : "";
      String rest = params.replace("," + TOKEN + "}", "").replace(TOKEN + "}", "");
      RawRequest request = RawRequest.modern(endpoint, id, method, rest);
      request =
          request.body(
              request
                  .body()
                  .text()
                  .replace("clientCapabilities\":{}", "clientCapabilities\":" + CAN)
                  .replace("\"_meta\":{", "\"_meta\":{" + meta));
      return rest.contains("\"name\":\"echo\"")
          ? request.with("Mcp-Name", "echo")
          : rest.contains("\"uri\":\"a://b\"") ? request.with("Mcp-Name", "a://b") : request;
    }

    RawRequest call() {
      return request("tools/call", "\"name\":\"echo\",\"arguments\":{}");
    }

    JsonNode ask(RawRequest request) {
      RawAnswer answer = RawCaller.ask(road, request);
      return json(
          answer.text().startsWith("{")
              ? answer.text()
              : answer.text().substring(answer.text().lastIndexOf("data: ") + 6));
    }
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static boolean works(Trial trial, Cell cell) {
    try {
      return trial.works(cell);
    } finally {
      if (!cell.modern()) {
        // its streams may be come back to as long as it is open
        RawCaller.ask(cell.road(), RawRequest.get(cell.endpoint, cell.session).method("DELETE"));
      }
    }
  }

  private Map<String, Trial> trials() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    trials.put("lists and calls", RevisionsTableTest::lists);
    trials.put("pages of a list", Trials::pages);
    trials.put("completion", Trials::completion);
    trials.put("progress", RevisionsTableTest::progress);
    trials.put("logs", Trials::logs);
    trials.put("cancellation", Trials::cancellation);
    trials.put("a resource that is not there", RevisionsTableTest::missing);
    trials.put("elicitation by form", cell -> inputs(cell, "elicitation/create", "{}"));
    trials.put(
        "elicitation by a page to open",
        cell ->
            inputs(
                cell,
                "elicitation/create",
                "{\"mode\":\"url\",\"url\":\"https://example.com/\",\"message\":\"m\","
                    + "\"elicitationId\":\"e\"}"));
    trials.put("sampling", cell -> inputs(cell, "sampling/createMessage", "{}"));
    trials.put("roots", cell -> inputs(cell, "roots/list", "{}"));
    trials.put("changes of lists", RevisionsTableTest::changes);
    trials.put("changes of a resource", Trials::subscriptions);
    return trials;
  }

  private static boolean lists(Cell cell) {
    return cell.ask(cell.request("tools/list", "")).at("/result/tools").size() > 1
        && cell.ask(cell.call()).at("/result/content/0/text").asText().equals("served");
  }

  private static boolean progress(Cell cell) {
    cell.upstream.on(
        "tools/call",
        (request, line) -> {
          String token = json(request.text()).at("/params/_meta/progressToken").toString();
          line.events();
          line.event(Scripts.progress(1).replace("\"p\"", token));
          line.event(Scripts.RESULT);
          line.end();
        });
    RawRequest request =
        cell.request("tools/call", "\"name\":\"echo\",\"arguments\":{}," + TOKEN + "}");
    return RawCaller.ask(cell.road(), request).text().contains("\"progressToken\":\"p\"");
  }

  private static boolean missing(Cell cell) {
    cell.upstream.on(
        "resources/read",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":"
                + (cell.upstreamIsModern ? -32602 : -32002)
                + ",\"message\":\"none\",\"data\":{\"uri\":\"a://b\"}}}"));
    int code =
        cell.ask(cell.request("resources/read", "\"uri\":\"a://b\"")).at("/error/code").asInt();
    return code == (cell.modern() ? -32602 : -32002);
  }

  private static boolean inputs(Cell cell, String method, String params) {
    CountDownLatch answered = new CountDownLatch(1);
    cell.upstream.on(
        "tools/call",
        cell.upstreamIsModern ? rounds(method, params) : question(method, params, answered));
    String given = "{\"action\":\"decline\",\"roots\":[]}";
    if (cell.modern()) {
      JsonNode required = cell.ask(cell.call()).path("result");
      if (!required.path("resultType").asText().equals("input_required")) {
        answered.countDown();
        return false;
      }
      answered.countDown();
      String key = required.path("inputRequests").fieldNames().next();
      RawRequest back =
          cell.request(
              "tools/call",
              "\"name\":\"echo\",\"arguments\":{},\"requestState\":"
                  + required.path("requestState")
                  + ",\"inputResponses\":{\""
                  + key
                  + "\":"
                  + given
                  + "}");
      return cell.ask(back).at("/result/resultType").asText().equals("complete");
    }
    try (RawCaller caller = RawCaller.to(cell.road()).send(cell.call())) {
      if (!String.valueOf(caller.head().fields().first("content-type")).contains("event-stream")) {
        answered.countDown();
        return false;
      }
      JsonNode asked = json(caller.data());
      String answer =
          "{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":" + given + "}";
      RawCaller.ask(cell.road(), RawRequest.legacy(cell.endpoint, cell.session, answer));
      answered.countDown();
      return json(caller.data()).at("/result/content/0/text").asText().equals("served");
    }
  }

  private static Script rounds(String method, String params) {
    return (request, line) ->
        line.json(
            request.text().contains("inputResponses")
                ? Scripts.RESULT
                : "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\","
                    + "\"inputRequests\":{\"k\":{\"method\":\""
                    + method
                    + "\",\"params\":"
                    + params
                    + "}},\"requestState\":\"s\"}}");
  }

  private static Script question(String method, String params, CountDownLatch answered) {
    return (_, line) -> {
      line.events();
      line.event(
          "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\""
              + method
              + "\",\"params\":"
              + params
              + "}");
      line.await(answered);
      line.event(Scripts.RESULT);
      line.end();
    };
  }

  private static boolean changes(Cell cell) {
    String changed = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
    cell.upstream.on(
        cell.upstreamIsModern ? "subscriptions/listen" : "GET",
        (request, line) -> {
          line.events();
          if (cell.upstreamIsModern) {
            line.event(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                    + "\"params\":{\"notifications\":{\"toolsListChanged\":true},\"_meta\":"
                    + "{\"io.modelcontextprotocol/subscriptionId\":"
                    + request.id()
                    + "}}}");
          }
          line.event(changed);
          line.hang();
        });
    RawRequest request =
        cell.modern()
            ? cell.request("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}")
            : RawRequest.get(cell.endpoint, cell.session);
    try (RawCaller stream = RawCaller.to(cell.road()).send(request).head()) {
      String first = stream.data();
      return first.contains("tools/list_changed") || stream.data().contains("tools/list_changed");
    }
  }

  @Test
  void saysInTheReadmeWhatWorksBetweenWhichRevisions() throws IOException {
    StringBuilder table = new StringBuilder("| | server of 2025-11-25 or older");
    table.append(" | server of 2026-07-28 |\n|---|---|---|\n");
    trials()
        .forEach((what, trial) -> {
          table.append("| ").append(what);
          for (boolean modern : new boolean[] {false, true}) {
            List<String> not =
                REVISIONS.stream().filter(r -> !works(trial, new Cell(r, modern))).toList();
            table
                .append(" | ")
                .append(
                    not.isEmpty()
                        ? "every client"
                        : "every client but of " + String.join(", ", not));
          }
          table.append(" |\n");
        });
    String readme = Files.readString(README);
    int from = readme.indexOf(BEGIN) + BEGIN.length();
    int to = readme.indexOf(END);
    if (Boolean.getBoolean("turnpike.table.update")) {
      Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
    } else {
      assertThat(readme.substring(from, to)).isEqualTo(table.toString());
    }
  }
}
