package dev.turnpike.fuzz;

import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Callers that do one thing after the other, and remember what they may be told. */
final class Conversation {
  private static final int MOST = 4;

  /** Failures of one upstream that its circuit breaker bears, whatever went well between. */
  private static final int BORNE = 4;

  private static final Pattern THEIRS = Pattern.compile("<(theirs-\\d+)>");
  private static final Pattern TAG = Pattern.compile("tag-[a-z]+-\\d+\\.");
  private static final List<String> REVISIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");
  private static final List<String> WELL =
      List.of("json", "events", "lines", "chunked", "twice", "asks");
  private static final List<String> ILL =
      List.of("fails", "truncated", "stops", "resets", "odd", "hangs");
  private static final List<String> NOTICES =
      List.of("initialized", "cancelled", "progress", "roots/list_changed", "made-up");

  /** A legacy session as its caller knows it. */
  private static final class Known {
    final String id;
    final String revision;
    boolean ended;
    String theirs = "";
    String lastEvent = "";
    String lastTag = "";

    Known(String id, String revision) {
      this.id = id;
      this.revision = revision;
    }
  }

  private final Road road;
  private final RoadUpstream upstream;
  private final List<Known> sessions = new ArrayList<>();
  private final Map<String, Known> owners = new HashMap<>();
  private final List<RawCaller> open = new ArrayList<>();
  private int failures;
  private int number;
  private int asked;
  private int served;

  Conversation(Road road, RoadUpstream upstream) {
    this.road = road;
    this.upstream = upstream;
  }

  /** Requests that were sent whole. */
  int asked() {
    return asked;
  }

  /** Calls that were answered with their result. */
  int served() {
    return served;
  }

  void step(int what, int how) {
    switch (what % 14) {
      case 0, 1 -> initialize(how);
      case 2, 3 -> legacy(how, WELL.get(how / 4 % WELL.size()));
      case 4 -> {
        if (failures < BORNE) {
          legacy(how, ill(how / 4));
        }
      }
      case 5 -> notice(how);
      case 6 -> listen(how);
      case 7 -> resume(how);
      case 8 -> end(how);
      case 9 -> batch(how);
      case 10 -> modern(WELL.get(how % (WELL.size() - 1)));
      case 11 -> {
        if (failures < BORNE) {
          modern(ill(how));
        }
      }
      case 12 -> hangUp(how);
      default -> wrong(how);
    }
  }

  private String ill(int how) {
    failures++;
    return ILL.get(how % ILL.size());
  }

  /** Whether an upstream was made to fail. */
  boolean failed() {
    return failures > 0;
  }

  /** Ends all sessions and leaves. */
  void leave() {
    for (int i = 0; i < sessions.size(); i++) {
      end(i);
    }
    open.forEach(RawCaller::close);
  }

  private void must(boolean holds, String what, Object seen) {
    if (!holds) {
      throw new AssertionError(what + ": " + seen);
    }
  }

  private RawAnswer ask(RawRequest request) {
    asked++;
    RawAnswer answer = RawCaller.ask(road, request);
    must(answer.status() != 500, "a bug", answer.text());
    return answer;
  }

  private String tag(String way) {
    return "tag-" + way + "-" + ++number + ".";
  }

  private void initialize(int how) {
    if (sessions.stream().filter(s -> !s.ended).count() < MOST) {
      asked++;
      String revision = REVISIONS.get(how % REVISIONS.size());
      sessions.add(new Known(RawCaller.session(road, "old", revision), revision));
    }
  }

  private RawRequest call(Known session, String tag, int id) {
    return RawRequest.legacy(
        "old",
        session.id,
        RawRequest.legacyBody(
            Integer.toString(id),
            "tools/call",
            "{\"name\":\"echo\",\"arguments\":{\"t\":\"" + tag + "\"}}"));
  }

  private void legacy(int how, String way) {
    if (sessions.isEmpty()) {
      return;
    }
    Known session = sessions.get(how % sessions.size());
    String tag = tag(way);
    if (way.equals("asks") && !session.ended) {
      question(session, tag, how);
    } else if (way.equals("hangs") && !session.ended) {
      RawCaller caller = sent(call(session, tag, number));
      caller.head();
      must(!caller.data().isEmpty(), "progress", "none");
    } else {
      judge(session, tag, number, ask(call(session, tag, number)));
    }
  }

  private void judge(Known session, String tag, int id, RawAnswer answer) {
    if (session.ended) {
      must(answer.status() == 404, "no such session", answer);
      return;
    }
    must(answer.status() == 200, "an answer to " + tag, answer + answer.text());
    must(answer.text().contains("\"id\":" + id + ","), "the answer to " + tag, answer.text());
    boolean well = WELL.stream().anyMatch(way -> tag.startsWith("tag-" + way));
    must(answer.text().contains(tag) == well, "the result of " + tag, answer.text());
    only(tag, answer.text());
    theirs(session, answer.text());
    served += well ? 1 : 0;
  }

  /** Nothing that was meant for another call. */
  private void only(String tag, String text) {
    Matcher tags = TAG.matcher(text);
    while (tags.find()) {
      must(tags.group().equals(tag), "only " + tag, text);
    }
  }

  /** Nothing of the upstream's session of another caller. */
  private void theirs(Known session, String text) {
    Matcher theirs = THEIRS.matcher(text);
    while (theirs.find()) {
      session.theirs = session.theirs.isEmpty() ? theirs.group(1) : session.theirs;
      must(session.theirs.equals(theirs.group(1)), "only " + session.theirs, text);
      Known owner = owners.putIfAbsent(session.theirs, session);
      must(owner == null || owner == session, "of one session only", text);
    }
  }

  private RawCaller sent(RawRequest request) {
    asked++;
    RawCaller caller = RawCaller.to(road).send(request);
    open.add(caller);
    return caller;
  }

  private void question(Known session, String tag, int how) {
    int id = number;
    RawCaller caller = sent(call(session, tag, id)).head();
    RawCaller.Event event = caller.event();
    must(event.data().contains("q-" + tag), "the question of " + tag, event);
    session.lastEvent = event.id();
    session.lastTag = tag;
    String answer =
        "{\"jsonrpc\":\"2.0\",\"id\":\"q-" + tag + "\",\"result\":{\"action\":\"accept\"}}";
    sessions.stream()
        .filter(other -> other != session && !other.ended)
        .findFirst()
        .ifPresent(other -> ask(RawRequest.legacy("old", other.id, answer)));
    if (how >= 128) {
      open.remove(caller);
      caller.hangUp();
      upstream.release(tag);
      return;
    }
    must(ask(RawRequest.legacy("old", session.id, answer)).status() == 202, "taken", answer);
    upstreamReleased(caller, session, tag, id);
  }

  private void upstreamReleased(RawCaller caller, Known session, String tag, int id) {
    String result = caller.data();
    must(result.contains(tag) && result.contains("\"id\":" + id + ","), "result of " + tag, result);
    theirs(session, result);
    caller.end();
    served++;
  }

  private void notice(int how) {
    if (!sessions.isEmpty()) {
      Known session = sessions.get(how % sessions.size());
      String body =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
              + NOTICES.get(how / 4 % NOTICES.size())
              + "\",\"params\":{\"requestId\":"
              + number
              + "}}";
      RawAnswer answer = ask(RawRequest.legacy("old", session.id, body));
      must(answer.status() == (session.ended ? 404 : 202), "a notice", answer + answer.text());
    }
  }

  private void listen(int how) {
    if (!sessions.isEmpty()) {
      Known session = sessions.get(how % sessions.size());
      RawCaller stream = sent(RawRequest.get("old", session.id)).head();
      must(stream.status() == (session.ended ? 404 : 200), "a stream", stream.status());
      if (!session.ended && session.lastTag.isEmpty()) {
        // a second GET takes the first one over, and what was said before is not said again
        session.lastTag = "listening";
        theirs(session, stream.data());
      }
    }
  }

  private void resume(int how) {
    if (sessions.isEmpty()) {
      return;
    }
    Known session = sessions.get(how % sessions.size());
    Known other = sessions.get(how / 4 % sessions.size());
    if (other.lastEvent.isEmpty()) {
      return;
    }
    RawCaller caller =
        sent(RawRequest.get("old", session.id).with("Last-Event-ID", other.lastEvent)).head();
    if (session != other || session.ended) {
      must(caller.status() >= 400, "not an event of this session", caller.status());
    } else {
      must(caller.status() == 200, "what was missed", caller.status());
      String text = caller.rest().text();
      must(text.contains(session.lastTag), "what was missed of " + session.lastTag, text);
      only(session.lastTag, text);
      theirs(session, text);
    }
  }

  private void end(int how) {
    if (!sessions.isEmpty()) {
      Known session = sessions.get(how % sessions.size());
      RawAnswer answer = ask(RawRequest.get("old", session.id).method("DELETE"));
      must(answer.status() == (session.ended ? 404 : 204), "an end", answer + answer.text());
      session.ended = true;
    }
  }

  private void batch(int how) {
    if (sessions.isEmpty()) {
      return;
    }
    Known session = sessions.get(how % sessions.size());
    String first = tag("json");
    String second = tag(how >= 128 ? "events" : "chunked");
    String body =
        "["
            + call(session, first, number - 1).body().text()
            + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"},"
            + call(session, second, number).body().text()
            + "]";
    RawAnswer answer = ask(RawRequest.legacy("old", session.id, body));
    if (!session.ended && session.revision.equals("2025-03-26")) {
      must(answer.status() == 200, "a batch", answer + answer.text());
      must(answer.text().contains(first) && answer.text().contains(second), "both", answer.text());
      theirs(session, answer.text());
      served += 2;
    } else {
      must(answer.status() == 400 || answer.status() == 404, "no batch", answer + answer.text());
    }
  }

  private void modern(String way) {
    String tag = tag(way);
    String id = Integer.toString(number);
    RawRequest request = RawRequest.call("one", id, "echo", "{\"t\":\"" + tag + "\"}");
    if (way.equals("hangs")) {
      must(!sent(request).head().data().isEmpty(), "progress", "none");
      return;
    }
    RawAnswer answer = ask(request);
    boolean well = WELL.contains(way);
    must(answer.text().contains(tag) == well, "the result of " + tag, answer + answer.text());
    must(answer.text().contains("\"id\":" + id + ","), "the answer to " + tag, answer.text());
    only(tag, answer.text());
    served += well ? 1 : 0;
  }

  private void hangUp(int how) {
    if (!open.isEmpty()) {
      open.remove(how % open.size()).hangUp();
    }
  }

  /** What no client should send. */
  private void wrong(int how) {
    String session = sessions.isEmpty() ? "none" : sessions.get(how % sessions.size()).id;
    String ping = RawRequest.legacyBody("1", "ping", "{}");
    RawRequest request =
        switch (how / 4 % 8) {
          case 0 -> RawRequest.legacy("old", session + "x", ping);
          case 1 -> RawRequest.legacy("older", session, ping);
          case 2 -> RawRequest.legacy("one", session, ping);
          case 3 ->
              RawRequest.legacy("old", session, ping).with("MCP-Protocol-Version", "2026-07-28");
          case 4 -> RawRequest.call("one", "1", "echo", "{}").replaced("Mcp-Name", "other");
          case 5 -> RawRequest.legacy("old", session, "{\"jsonrpc\":\"2.0\",\"id\":null}");
          case 6 -> RawRequest.get("old", session).with("Last-Event-ID", "made-up-1");
          default -> RawRequest.call("one", "1", "secret", "{}");
        };
    RawAnswer answer = ask(request);
    must(answer.status() >= 400 || answer.code() != 0, "refused", answer + answer.text());
  }
}
