package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonScanner.Named;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is the extension's own in an answer that was read before. */
record TaskResult(Scan scan) {
  private static final ScanLimits READ_BEFORE = new ScanLimits(1_000, Integer.MAX_VALUE);
  private static final Wanted WANTED = new Wanted();
  private static final Member TYPE = WANTED.member("result", "resultType");
  private static final Member ID = WANTED.member("result", "taskId");
  private static final Member STATUS = WANTED.member("result", "status");
  private static final Member RESULT = WANTED.member("result", "result");
  private static final Member ERROR = WANTED.member("result", "error");
  private static final Member PAUSE = WANTED.member("result", "pollIntervalMs");
  private static final Member REQUESTS = WANTED.member("result", "inputRequests");
  private static final Member CAPABILITIES = WANTED.member("result", "capabilities");
  private static final Member OFFERED =
      WANTED.member("result", "capabilities", "extensions", Tasks.ID);

  static TaskResult of(Payload message) {
    try {
      return new TaskResult(JsonScanner.scan(message, WANTED, READ_BEFORE, Strictness.UPSTREAM));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  /** Whether the call has become a task. */
  boolean isTask() {
    return scan.text(TYPE).filter("task"::equals).isPresent();
  }

  /** The id of the task that it tells of. */
  Optional<String> id() {
    return scan.text(ID);
  }

  /** How the task stands, in the extension's word. */
  String status() {
    return scan.text(STATUS).orElse("");
  }

  /** What the call would have been answered, as JSON, where the task is completed. */
  Optional<String> result() {
    return object(RESULT);
  }

  /** The error, as JSON, where the task has failed. */
  Optional<String> error() {
    return object(ERROR);
  }

  private Optional<String> object(Member member) {
    return scan.type(member) == JsonType.OBJECT
        ? Optional.of(scan.part(member).text())
        : Optional.empty();
  }

  /** How long to wait before it is asked for again. */
  Optional<Duration> pollInterval() {
    return scan.type(PAUSE) == JsonType.NUMBER
            && JsonValue.read(scan.part(PAUSE)) instanceof Number millis
        ? Optional.of(Duration.ofMillis(millis.longValue()))
        : Optional.empty();
  }

  /**
   * The same with only those input requests that are new; empty: none is.
   *
   * @param known names of requests that were put before; the new ones are added
   */
  Optional<Payload> wanting(Set<String> known) {
    if (scan.type(REQUESTS) != JsonType.OBJECT) {
      return Optional.empty();
    }
    StringBuilder left = new StringBuilder();
    for (Named request : JsonScanner.members(scan.part(REQUESTS))) {
      if (known.add(request.name())) {
        left.append(left.isEmpty() ? "{" : ",");
        JsonText.quoteInto(left, request.name());
        left.append(':').append(request.value().text());
      }
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Splice.of(scan.payload())
                .replace(scan.span(REQUESTS), left.append('}').toString())
                .apply());
  }

  /** The same of a task with that id. */
  Payload naming(String id) {
    return Splice.of(scan.payload()).replace(scan.span(ID), JsonText.quote(id)).apply();
  }

  /** Whether the server offers tasks. */
  boolean offers() {
    return scan.type(OFFERED) == JsonType.OBJECT;
  }

  /** The same message, in which tasks are the only extension. */
  Payload offering() {
    return Splice.of(scan.payload())
        .insertMember(
            scan.span(CAPABILITIES), "extensions", "{" + JsonText.quote(Tasks.ID) + ":{}}")
        .apply();
  }
}
