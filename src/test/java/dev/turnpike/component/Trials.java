package dev.turnpike.component;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.component.RevisionsTableTest.Cell;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.util.concurrent.CountDownLatch;

/** Things to try between two revisions; each is true where the caller got what it wants. */
final class Trials {
  private Trials() {}

  static boolean pages(Cell cell) {
    String page =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"tools\":[{\"name\":\"%s\",\"inputSchema\":{}}]%s}}";
    cell.upstream.on(
        "tools/list",
        (request, line) ->
            line.json(
                request.text().contains("a cursor")
                    ? page.formatted("second", "")
                    : page.formatted("first", ",\"nextCursor\":\"a cursor\"")));
    JsonNode first = cell.ask(cell.request("tools/list", "")).path("result");
    JsonNode second =
        cell.ask(cell.request("tools/list", "\"cursor\":" + first.path("nextCursor")));
    return second.at("/result/tools/0/name").asText().equals("second");
  }

  static boolean completion(Cell cell) {
    cell.upstream.on(
        "completion/complete",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"completion\":{\"values\":[\"paris\"]}}}"));
    String params =
        "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{\"name\":\"a\",\"value\":\"p\"}";
    return cell.ask(cell.request("completion/complete", params))
        .at("/result/completion/values/0")
        .asText()
        .equals("paris");
  }

  static boolean logs(Cell cell) {
    cell.upstream.on(
        "tools/call",
        Scripts.events(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"error\","
                + "\"data\":\"a line\"}}",
            Scripts.RESULT));
    RawRequest call = cell.call();
    if (cell.modern()) {
      call =
          call.body(
              call.body()
                  .text()
                  .replace(
                      "\"_meta\":{", "\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"info\","));
    } else {
      cell.ask(cell.request("logging/setLevel", "\"level\":\"info\""));
    }
    return RawCaller.ask(cell.road(), call).text().contains("a line");
  }

  static boolean cancellation(Cell cell) {
    cell.upstream.on("tools/call", Scripts.hangInStream());
    RawRequest call = cell.call();
    try (RawCaller caller = RawCaller.to(cell.road()).send(call)) {
      cell.upstream.only("tools/call");
      if (cell.modern()) {
        caller.hangUp();
      } else {
        String id = RevisionsTableTest.json(call.body().text()).path("id").toString();
        RawCaller.ask(
            cell.road(),
            RawRequest.legacy(
                cell.endpoint,
                cell.session,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                    + id
                    + "}}"));
      }
      Eventually.holds(
          "the upstream knows",
          () ->
              cell.upstreamIsModern
                  ? cell.upstream.only("tools/call").hungUp()
                  : cell.upstream.seen().stream()
                      .anyMatch(seen -> seen.text().contains("notifications/cancelled")));
      return true;
    }
  }

  static boolean subscriptions(Cell cell) {
    CountDownLatch subscribed = new CountDownLatch(1);
    cell.upstream.on(
        cell.upstreamIsModern ? "subscriptions/listen" : "GET",
        (request, line) -> {
          line.events();
          if (cell.upstreamIsModern) {
            line.event(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                    + "\"params\":{\"notifications\":{"
                    + (request.text().contains("a://b")
                        ? "\"resourceSubscriptions\":[\"a://b\"]"
                        : "")
                    + "},\"_meta\":{}}}");
          }
          line.await(subscribed);
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"a://b\"}}");
          line.hang();
        });
    RawRequest stream =
        cell.modern()
            ? cell.request(
                "subscriptions/listen", "\"notifications\":{\"resourceSubscriptions\":[\"a://b\"]}")
            : RawRequest.get(cell.endpoint, cell.session);
    try (RawCaller caller = RawCaller.to(cell.road()).send(stream)) {
      if (!cell.modern()) {
        JsonNode taken = cell.ask(cell.request("resources/subscribe", "\"uri\":\"a://b\""));
        if (!taken.has("result")) {
          return false;
        }
      }
      subscribed.countDown();
      caller.head();
      String said = caller.data();
      return said.contains("resources/updated") || caller.data().contains("resources/updated");
    }
  }
}
