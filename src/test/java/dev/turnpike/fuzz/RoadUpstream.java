package dev.turnpike.fuzz;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.Line;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Servers whose every answer says whose it is: the tag of the call that it answers and the session
 * that the call came under. How a call is answered stands in its tag.
 */
final class RoadUpstream {
  private static final Pattern TAG = Pattern.compile("tag-([a-z]+)-\\d+\\.");
  private static final Pattern ASKED = Pattern.compile("q-(tag-[a-z]+-\\d+\\.)");
  private static final Pattern REVISION = Pattern.compile("\"protocolVersion\":\"([0-9-]+)\"");

  private final AtomicInteger sessions = new AtomicInteger();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, String> askers = new ConcurrentHashMap<>();
  private final List<String> wrongs = new CopyOnWriteArrayList<>();

  void teach(FakeUpstream modern, FakeUpstream legacy) {
    for (FakeUpstream upstream : List.of(modern, legacy)) {
      upstream.forget();
      upstream.on("tools/call", this::call);
    }
    legacy.on("initialize", this::initialize);
    legacy.on("", this::answer);
    legacy.on("GET", (seen, line) -> Scripts.hangInStream(updated(session(seen))).play(seen, line));
  }

  /** What was seen that must not be. */
  List<String> wrongs() {
    return wrongs;
  }

  /** Lets a call go on that waits for the answer to its question. */
  void release(String tag) {
    gate(tag).countDown();
  }

  private CountDownLatch gate(String tag) {
    return gates.computeIfAbsent(tag, _ -> new CountDownLatch(1));
  }

  private static String updated(String session) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":"
        + "\"file:///<"
        + session
        + ">\"}}";
  }

  private static String session(Seen seen) {
    return seen.fields().has("mcp-session-id") ? seen.fields().first("mcp-session-id") : "none";
  }

  private void initialize(Seen seen, Line line) throws IOException, InterruptedException {
    Matcher revision = REVISION.matcher(seen.text());
    Scripts.status(
            200,
            "Mcp-Session-Id: theirs-" + sessions.incrementAndGet() + "\r\n",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"protocolVersion\":\""
                + (revision.find() ? revision.group(1) : "2025-11-25")
                + "\",\"capabilities\":{\"tools\":{},\"resources\":{\"subscribe\":true}},"
                + "\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}}")
        .play(seen, line);
  }

  private void call(Seen seen, Line line) throws IOException, InterruptedException {
    Matcher tag = TAG.matcher(seen.text());
    if (!tag.find()) {
      line.json(Scripts.RESULT);
      return;
    }
    String result = Scripts.RESULT.replace("served", tag.group() + " <" + session(seen) + ">");
    script(tag.group(1), tag.group(), result, session(seen)).play(seen, line);
  }

  private Script script(String way, String tag, String result, String session) {
    return switch (way) {
      case "events" -> Scripts.events(Scripts.progress(1), Scripts.progress(2), result);
      case "lines" -> Scripts.lines(Scripts.progress(1), result);
      case "chunked" -> Scripts.chunked(result, 7);
      case "asks" -> (_, line) -> ask(tag, result, session, line);
      case "fails" -> Scripts.status(500, "", "{\"error\":\"no\"}");
      case "truncated" -> Scripts.truncated(result.substring(0, 20));
      case "stops" -> Scripts.events(Scripts.progress(1));
      case "resets" -> Scripts.reset();
      case "twice" -> Scripts.events(result, result, Scripts.progress(1));
      case "odd" -> Scripts.events("[]", "{\"jsonrpc\":", result);
      case "hangs" -> Scripts.hangInStream(Scripts.progress(1));
      default -> Scripts.json(result);
    };
  }

  private void ask(String tag, String result, String session, Line line)
      throws IOException, InterruptedException {
    askers.put(tag, session);
    line.events();
    line.event(
        "{\"jsonrpc\":\"2.0\",\"id\":\"q-"
            + tag
            + "\",\"method\":\"elicitation/create\",\"params\":{}}");
    line.await(gate(tag));
    line.event(result);
    line.end();
  }

  private void answer(Seen seen, Line line) throws IOException {
    Matcher asked = ASKED.matcher(seen.text());
    if (asked.find()) {
      String tag = asked.group(1);
      if (!session(seen).equals(askers.get(tag))) {
        wrongs.add("an answer to " + tag + " came under " + session(seen));
      }
      release(tag);
    }
    line.whole(202, "", "", "");
  }
}
